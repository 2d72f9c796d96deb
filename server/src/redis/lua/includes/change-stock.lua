--- @include "whole"
--- @include "variant-units"

-- Adds to the stock and publishes it. Returns the stock and its new sequence number, which also rises where the stock is the same but its
-- holders are not: a list of them that was read before is out of date. Counts of variants are published as they are by then; the 0 before
-- them stands where claim.lua has the time of a claim. `sold`, where it has changed, comes after them, in the same message, so that no count
-- is ever shown beside one of another moment; a '-' stands for counts of variants that there are none of.
local function changeStock(stateKey, channel, added, sold)
  local remaining = redis.call('HINCRBY', stateKey, 'remaining', added)
  local seq = redis.call('HINCRBY', stateKey, 'seq', 1)
  local message = whole(remaining) .. ' ' .. whole(seq)
  local variants = redis.call('HGET', stateKey, 'variants')
  if variants then
    local counts = redis.call('HMGET', stateKey, unpack(fieldsOf('remaining', tonumber(variants))))
    message = message .. ' 0 ' .. table.concat(counts, ',')
  elseif sold then
    message = message .. ' 0 -'
  end
  if sold then
    message = message .. ' ' .. whole(sold)
  end
  redis.call('PUBLISH', channel, message)
  return remaining, seq
end
