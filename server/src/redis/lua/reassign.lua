#!lua
-- reassign: gives a claim another unit, because MongoDB has given its unit to another order; revokes the claim when no unit is left. The
-- order that stands must have been adopted before. Needed only after Redis has lost something.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] returned zset   KEYS[4] outbox stream
-- ARGV[1] customer id  ARGV[2] n              ARGV[3] seq of the claim
-- ARGV[4] arrival of the claim, ms            ARGV[5] stock channel
--
-- Returns one of
--   {'reassigned', unit, seq}
--   {'revoked'}                 no unit of its variant is left
--   {'absent'}                  the customer does not hold this claim
--   {'closed'}                  these keys no longer sell, or do not have its unit yet

--- @include "read-state"
--- @include "whole"
--- @include "change-stock"
--- @include "over-allocated"
--- @include "variant-of"
--- @include "take-any-unit"
--- @include "write-claim"

local stateKey, holdersKey, returnedKey, outboxKey = unpack(KEYS)
local customer, n, seqOfClaim, arrivedAt, channel = unpack(ARGV)

if not readState(stateKey) then
  return { 'closed' }
end
local field = n .. ':' .. customer
local held = redis.call('HGET', holdersKey, field)
if not held then
  return { 'absent' }
end
local heldUnit, heldSeq, claimedAt, request = string.match(held, '^(%S+) (%S+) (%S+) (%S+)$')
if heldSeq ~= seqOfClaim then
  return { 'absent' }
end

local variant = variantOf(stateKey, heldUnit)
if not variant then
  return { 'closed' }
end
-- Not free: the order that stands has it.
removeHolder(stateKey, heldUnit)
if tonumber(redis.call('HGET', stateKey, stockField('remaining', variant))) <= 0 then
  redis.call('HDEL', holdersKey, field)
  changeStock(stateKey, channel, 0)
  return { 'revoked' }
end
local unit = takeAnyUnit(stateKey, returnedKey, variant)
local _, seq = changeStock(stateKey, channel, -1)
writeClaim(holdersKey, outboxKey, customer, n, unit, whole(seq), claimedAt, request, arrivedAt)
return { 'reassigned', tonumber(unit), seq }
