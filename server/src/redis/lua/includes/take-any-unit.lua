--- @include "whole"
--- @include "variant-of"

-- Takes a free unit of a variant: one that was given back before one that was never sold.
local function takeAnyUnit(stateKey, returnedKey, variant)
  if variant == 0 then
    return redis.call('ZPOPMIN', returnedKey)[1] or redis.call('HINCRBY', stateKey, 'next', 1) - 1
  end
  local ranges, nextUnit = unpack(redis.call('HMGET', stateKey, 'ranges:' .. variant, 'next:' .. variant))
  local unit = takeReturned(returnedKey, ranges)
  if not unit then
    local fresh = firstUnitFrom(ranges, tonumber(nextUnit))
    unit = whole(fresh)
    redis.call('HSET', stateKey, 'next:' .. variant, whole(fresh + 1))
  end
  countVariant(stateKey, variant, -1)
  return unit
end
