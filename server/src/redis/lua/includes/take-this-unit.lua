--- @include "variant-of"

-- Takes this unit of a variant if it is free: given back, or not yet reached by the serial numbers and not beyond `unitMax`. Units of the
-- variant that are skipped count as given back. Returns whether it was free.
local function takeThisUnit(stateKey, returnedKey, unit, unitMax, variant, ranges)
  if redis.call('ZREM', returnedKey, unit) == 0 then
    local nextField = stockField('next', variant)
    local nextUnit = tonumber(redis.call('HGET', stateKey, nextField))
    if unit < nextUnit or unit > unitMax then
      return false
    end
    local skipped = firstUnitFrom(ranges, nextUnit)
    while skipped < unit do
      redis.call('ZADD', returnedKey, skipped, skipped)
      skipped = firstUnitFrom(ranges, skipped + 1)
    end
    redis.call('HSET', stateKey, nextField, unit + 1)
  end
  countVariant(stateKey, variant, -1)
  return true
end
