#!lua
-- release: takes a unit from its holder and puts it back on sale. Safe to repeat: only this claim loses its unit.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] cancelled hash   KEYS[4] returned zset
-- ARGV[1] holder field, 'n:customer'          ARGV[2] seq of the claim
-- ARGV[3] 'cancelled': the customer's share stays used; 'forgotten': they may buy again
-- ARGV[4] stock channel                       ARGV[5] record of the claim
--
-- Returns one of
--   {'released', remaining, seq}
--   {'absent'}                     the customer does not hold this claim
--   {'closed'}                     these keys no longer sell

--- @include "read-state"
--- @include "change-stock"
--- @include "free-unit"
--- @include "expire-with-state"

local stateKey, holdersKey, cancelledKey, returnedKey = unpack(KEYS)
local field, seqOfClaim, kind, channel, recordOfClaim = unpack(ARGV)

if not readState(stateKey) then
  return { 'closed' }
end
-- Noted also where it is not held: a late writer or a receipt may still bring the order here (see adopt.lua, restore.lua).
if kind == 'cancelled' then
  redis.call('HSET', cancelledKey, field, recordOfClaim)
end
local held = redis.call('HGET', holdersKey, field)
if not held then
  return { 'absent' }
end
local unit, heldSeq = string.match(held, '^(%S+) (%S+)')
if heldSeq ~= seqOfClaim then
  return { 'absent' }
end
redis.call('HDEL', holdersKey, field)
local remaining, seq = changeStock(stateKey, channel, freeUnit(stateKey, returnedKey, unit))
expireWithState()
return { 'released', remaining, seq }
