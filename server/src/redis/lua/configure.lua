#!lua
-- configure: brings a revision of the sale (window, pause, quantity) into force. An older revision changes nothing.
--
-- KEYS[1] state hash
-- ARGV[1] revision   ARGV[2] startsAt ms   ARGV[3] endsAt ms, 0 for none   ARGV[4] paused '0' | '1'
-- ARGV[5] quantity   ARGV[6] stock channel   ARGV[6 + K] ranges of the units of variant K
--
-- Returns one of
--   {'configured', remaining, seq}
--   {'stale'}                        this revision or a newer one is in force already
--   {'refused'}                      it has fewer units than the one in force, or other variants
--   {'closed'}                       these keys no longer sell

--- @include "read-state"
--- @include "change-stock"
--- @include "variant-of"

local stateKey = KEYS[1]
local revision, startsAt, endsAt, paused, quantity, channel = unpack(ARGV, 1, 6)

local state = readState(stateKey, 'revision', 'quantity', 'remaining', 'seq', 'variants')
if not state then
  return { 'closed' }
end
if tonumber(revision) <= tonumber(state.revision) then
  return { 'stale' }
end
local added = tonumber(quantity) - tonumber(state.quantity)
local variants = tonumber(state.variants or 0)
if added < 0 or #ARGV ~= 6 + variants then
  return { 'refused' }
end
-- New units have numbers beyond the old quantity, so that no unit changes its variant.
for variant = 1, variants do
  local ranges = ARGV[6 + variant]
  redis.call('HSET', stateKey, 'ranges:' .. variant, ranges)
  for from, to in string.gmatch(ranges, '(%d+)-(%d+)') do
    local first = math.max(tonumber(from), tonumber(state.quantity) + 1)
    countVariant(stateKey, variant, math.max(0, tonumber(to) - first + 1))
  end
end
redis.call('HSET', stateKey, 'revision', revision, 'startsAt', startsAt, 'endsAt', endsAt, 'paused', paused, 'quantity', quantity)
local remaining, seq = tonumber(state.remaining), tonumber(state.seq)
if added > 0 then
  remaining, seq = changeStock(stateKey, channel, added)
end
return { 'configured', remaining, seq }
