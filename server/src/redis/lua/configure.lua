#!lua
-- configure: brings a revision of the sale (window, pause, quantity) into force. An older revision changes nothing.
--
-- KEYS[1] state hash
-- ARGV[1] revision   ARGV[2] startsAt ms   ARGV[3] endsAt ms, 0 for none   ARGV[4] paused '0' | '1'
-- ARGV[5] quantity   ARGV[6] stock channel
--
-- Returns one of
--   {'configured', remaining, seq}
--   {'stale'}                        this revision or a newer one is in force already
--   {'refused'}                      it has fewer units than the one in force
--   {'closed'}                       these keys no longer sell

--- @include "read-state"
--- @include "change-stock"

local stateKey = KEYS[1]
local revision, startsAt, endsAt, paused, quantity, channel = unpack(ARGV)

local state = readState(stateKey, 'revision', 'quantity', 'remaining', 'seq')
if not state then
  return { 'closed' }
end
if tonumber(revision) <= tonumber(state.revision) then
  return { 'stale' }
end
local added = tonumber(quantity) - tonumber(state.quantity)
if added < 0 then
  return { 'refused' }
end
redis.call('HSET', stateKey, 'revision', revision, 'startsAt', startsAt, 'endsAt', endsAt, 'paused', paused, 'quantity', quantity)
local remaining, seq = tonumber(state.remaining), tonumber(state.seq)
if added > 0 then
  remaining, seq = changeStock(stateKey, channel, added)
end
return { 'configured', remaining, seq }
