-- How many holders too many a unit has is the state's field 'contested:UNIT', which is absent when it has none. See adopt.lua.
local function isOverAllocated(stateKey, unit)
  return redis.call('HEXISTS', stateKey, 'contested:' .. unit) == 1
end

local function addHolder(stateKey, unit)
  redis.call('HINCRBY', stateKey, 'contested:' .. unit, 1)
end

local function removeHolder(stateKey, unit)
  if redis.call('HINCRBY', stateKey, 'contested:' .. unit, -1) <= 0 then
    redis.call('HDEL', stateKey, 'contested:' .. unit)
  end
end
