--- @include "over-allocated"

-- Takes a unit from one holder. A unit that another holder has as well stays with them; any other goes back on sale. Returns how many units
-- that frees.
local function freeUnit(stateKey, returnedKey, unit)
  if isOverAllocated(stateKey, unit) then
    removeHolder(stateKey, unit)
    return 0
  end
  redis.call('ZADD', returnedKey, unit, unit)
  return 1
end
