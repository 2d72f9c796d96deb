--- @include "over-allocated"
--- @include "variant-of"

-- Takes a unit from one holder. If another holder has the unit as well, it stays with them; else it goes back on sale. Returns how many units
-- that frees.
local function freeUnit(stateKey, returnedKey, unit)
  if isOverAllocated(stateKey, unit) then
    removeHolder(stateKey, unit)
    return 0
  end
  redis.call('ZADD', returnedKey, unit, unit)
  countVariant(stateKey, variantOf(stateKey, unit), 1)
  return 1
end
