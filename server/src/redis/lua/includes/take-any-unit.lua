-- Takes a free unit: one that was given back before one that was never sold.
local function takeAnyUnit(stateKey, returnedKey)
  return redis.call('ZPOPMIN', returnedKey)[1] or redis.call('HINCRBY', stateKey, 'next', 1) - 1
end
