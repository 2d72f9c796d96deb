#!lua
-- mark-sold: notes that the unit of a hold is paid and has an order. Safe to repeat.
--
-- KEYS[1] state hash    KEYS[2] holders hash   KEYS[3] due zset   KEYS[4] sold hash
-- ARGV[1] holder field, 'n:customer'           ARGV[2] seq of the claim
-- ARGV[3] id of the hold                       ARGV[4] stock channel
--
-- Returns one of
--   {'marked', sold}
--   {'known', sold}     it is noted already
--   {'absent'}          the customer does not hold this claim
--   {'closed'}          these keys no longer sell

--- @include "read-state"
--- @include "change-stock"
--- @include "expire-with-state"

local stateKey, holdersKey, dueKey, soldKey = unpack(KEYS)
local field, seqOfClaim, hold, channel = unpack(ARGV)

if not readState(stateKey) then
  return { 'closed' }
end
redis.call('ZREM', dueKey, hold)
local held = redis.call('HGET', holdersKey, field)
if string.match(held or '', '^%S+ (%S+)') ~= seqOfClaim then
  return { 'absent' }
end
if redis.call('HSETNX', soldKey, field, seqOfClaim) == 0 then
  return { 'known', redis.call('HLEN', soldKey) }
end
local sold = redis.call('HLEN', soldKey)
changeStock(stateKey, channel, 0, sold)
expireWithState()
return { 'marked', sold }
