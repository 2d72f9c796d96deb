#!lua
-- restore: restores a claim of an earlier epoch that the caller can prove and this epoch does not know. It gets its own
-- unit if that is free, else another one, and goes to the outbox like any claim. Safe to repeat.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] cancelled hash   KEYS[4] returned zset   KEYS[5] outbox stream
-- ARGV[1] customer id  ARGV[2] n              ARGV[3] unit             ARGV[4] seq
-- ARGV[5] claimedAt    ARGV[6] request id     ARGV[7] arrival, ms      ARGV[8] stock channel
--
-- Returns one of
--   {'known', record, n}      this request holds a unit already
--   {'other', record, n}      another request of the customer has this n
--   {'restored', record, n}
--   {'cancelled'}             an operator has cancelled its order
--   {'revoked'}               no unit of its variant is left
--   {'closed'}                these keys no longer sell, or do not have its unit yet

--- @include "read-state"
--- @include "whole"
--- @include "change-stock"
--- @include "request-of"
--- @include "variant-of"
--- @include "take-this-unit"
--- @include "take-any-unit"
--- @include "note-claimed-at"
--- @include "write-claim"

local stateKey, holdersKey, cancelledKey, returnedKey, outboxKey = unpack(KEYS)
local customer, n, unit, seq, claimedAt, request, arrivedAt, channel = unpack(ARGV)

local state = readState(stateKey, 'quantity', 'perCustomer')
if not state then
  return { 'closed' }
end
-- Asked again since, the request may have got a unit under another n: one request never has two.
for other = 1, tonumber(state.perCustomer) do
  local field = other .. ':' .. customer
  local held = redis.call('HGET', holdersKey, field)
  if held and requestOf(held) == request then
    return { 'known', held, other }
  end
  local cancelled = redis.call('HGET', cancelledKey, field)
  if cancelled and requestOf(cancelled) == request then
    return { 'cancelled' }
  end
end
local field = n .. ':' .. customer
local held = redis.call('HGET', holdersKey, field)
if held then
  return { 'other', held, n }
end
if redis.call('HEXISTS', cancelledKey, field) == 1 then
  return { 'cancelled' }
end
local variant, ranges = variantOf(stateKey, unit)
if not variant then
  return { 'closed' }
end
if tonumber(redis.call('HGET', stateKey, stockField('remaining', variant))) <= 0 then
  return { 'revoked' }
end

local isOwn = takeThisUnit(stateKey, returnedKey, tonumber(unit), tonumber(state.quantity), variant, ranges)
if not isOwn then
  unit = takeAnyUnit(stateKey, returnedKey, variant)
end
local _, stockSeq = changeStock(stateKey, channel, -1)
-- With another unit it is another claim, and gets a new number.
if not isOwn then
  seq = whole(stockSeq)
end
noteClaimedAt(stateKey, claimedAt)
local record = writeClaim(holdersKey, outboxKey, customer, n, unit, seq, claimedAt, request, arrivedAt)
return { 'restored', record, n }
