#!lua
-- end-hold: takes a unit from a hold that has ended, or from an order of a paid hold that was cancelled, and puts it back on sale. The
-- decision is in MongoDB; here it is carried out. Safe to repeat: only this claim loses its unit.
--
-- KEYS[1] state hash      KEYS[2] holders hash   KEYS[3] cancelled hash   KEYS[4] returned zset
-- KEYS[5] earlier hash    KEYS[6] due zset       KEYS[7] sold hash
-- ARGV[1] holder field, 'n:customer'             ARGV[2] seq of the claim
-- ARGV[3] record of the claim                    ARGV[4] '1': the customer's share stays used
-- ARGV[5] field of its request in the earlier hash   ARGV[6] its record there
-- ARGV[7] id of the hold                         ARGV[8] stock channel
--
-- Returns one of
--   {'ended', remaining, seq}
--   {'absent'}                     the customer does not hold this claim
--   {'closed'}                     these keys no longer sell

--- @include "read-state"
--- @include "change-stock"
--- @include "free-unit"
--- @include "expire-with-state"

local stateKey, holdersKey, cancelledKey, returnedKey, earlierKey, dueKey, soldKey = unpack(KEYS)
local field, seqOfClaim, record, isShareUsed, request, earlier, hold, channel = unpack(ARGV)

if not readState(stateKey) then
  return { 'closed' }
end
-- Noted also where the unit is not held: a late writer or a receipt may still bring the claim here.
if isShareUsed == '1' then
  redis.call('HSET', cancelledKey, field, record)
end
-- The same request gets the same answer, and no second unit.
redis.call('HSET', earlierKey, request, earlier)
redis.call('ZREM', dueKey, hold)
local held = redis.call('HGET', holdersKey, field)
local unit, heldSeq = string.match(held or '', '^(%S+) (%S+)')
if heldSeq ~= seqOfClaim then
  expireWithState()
  return { 'absent' }
end
redis.call('HDEL', holdersKey, field)
local wasSold = redis.call('HDEL', soldKey, field) == 1
local sold = wasSold and redis.call('HLEN', soldKey) or nil
local remaining, seq = changeStock(stateKey, channel, freeUnit(stateKey, returnedKey, unit), sold)
expireWithState()
return { 'ended', remaining, seq }
