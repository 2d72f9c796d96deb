-- Writes a whole number out: Lua 5.1 prints a large one with an exponent.
local function whole(number)
  return string.format('%.0f', number)
end
