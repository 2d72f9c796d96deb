-- Reads fields of the state hash, by name; an absent one is false. Returns nil when these keys no longer sell: recovery has closed them, or
-- Redis was wiped.
local function readState(stateKey, ...)
  local values = redis.call('HMGET', stateKey, 'closed', ...)
  if values[1] ~= '0' then
    return nil
  end
  local state = {}
  for i = 1, select('#', ...) do
    state[select(i, ...)] = values[i + 1]
  end
  return state
end
