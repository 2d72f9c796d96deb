--- @include "whole"

-- Adds to the stock and publishes it. Returns the stock and its new sequence number, which also rises where the stock is the same but its
-- holders are not: a list of them that was read before is out of date.
local function changeStock(stateKey, channel, added)
  local remaining = redis.call('HINCRBY', stateKey, 'remaining', added)
  local seq = redis.call('HINCRBY', stateKey, 'seq', 1)
  redis.call('PUBLISH', channel, whole(remaining) .. ' ' .. whole(seq))
  return remaining, seq
end
