-- The request id of a record 'unit seq claimedAt requestId'. It holds no space.
local function requestOf(record)
  return string.match(record, '(%S+)$')
end
