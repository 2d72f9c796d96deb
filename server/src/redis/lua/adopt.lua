#!lua
-- adopt: enters an order that is in MongoDB into these keys, whatever they held before. Needed only when Redis has lost something, or a
-- writer of an older epoch came late. Safe to repeat.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] returned zset   KEYS[4] cancelled hash
-- ARGV[1] holder field, 'n:customer'   ARGV[2] record of the order   ARGV[3] its unit   ARGV[4] stock channel
--
-- Returns one of
--   {'known'}       this customer holds this unit already
--   {'adopted'}
--   {'cancelled'}   an operator has cancelled the order since the caller read it
--   {'closed'}      these keys no longer sell, or do not have its unit yet

--- @include "read-state"
--- @include "change-stock"
--- @include "free-unit"
--- @include "variant-of"
--- @include "take-this-unit"
--- @include "note-claimed-at"
--- @include "expire-with-state"

local stateKey, holdersKey, returnedKey, cancelledKey = unpack(KEYS)
local field, record, unit, channel = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]

if not readState(stateKey) then
  return { 'closed' }
end
if redis.call('HEXISTS', cancelledKey, field) == 1 then
  return { 'cancelled' }
end
local held = redis.call('HGET', holdersKey, field)
local heldUnit = held and tonumber(string.match(held, '^(%S+)'))
if heldUnit == unit then
  return { 'known' }
end

local variant, ranges = variantOf(stateKey, unit)
if not variant then
  return { 'closed' }
end
local freed = 0
if heldUnit then
  freed = freeUnit(stateKey, returnedKey, heldUnit)
end
redis.call('HSET', holdersKey, field, record)
noteClaimedAt(stateKey, string.match(record, '^%S+ %S+ (%S+)'))

-- A unit that another customer holds here now has two holders. The order writer meets that customer's claim in the outbox, cannot write it,
-- and gives it another unit.
if takeThisUnit(stateKey, returnedKey, unit, math.huge, variant, ranges) then
  freed = freed - 1
else
  addHolder(stateKey, unit)
end
changeStock(stateKey, channel, freed)
expireWithState()
return { 'adopted' }
