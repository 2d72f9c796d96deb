-- Takes this unit if it is free: given back, or not yet reached by the serial numbers and not beyond `unitMax`. Units that are skipped count
-- as given back. Returns whether it was free.
local function takeThisUnit(stateKey, returnedKey, unit, unitMax)
  if redis.call('ZREM', returnedKey, unit) == 1 then
    return true
  end
  local nextUnit = tonumber(redis.call('HGET', stateKey, 'next'))
  if unit < nextUnit or unit > unitMax then
    return false
  end
  for skipped = nextUnit, unit - 1 do
    redis.call('ZADD', returnedKey, skipped, skipped)
  end
  redis.call('HSET', stateKey, 'next', unit + 1)
  return true
end
