#!lua
-- configure: brings a revision of the sale (window, pause, quantity) into force. An older revision changes nothing.
--
-- KEYS[1] state hash
-- ARGV[1] revision   ARGV[2] startsAt ms   ARGV[3] endsAt ms, 0 for none   ARGV[4] paused '0' | '1'
-- ARGV[5] quantity   ARGV[6] stock channel
--
-- Returns {'configured', remaining, seq} | {'stale'} | {'refused'} (fewer units than before) | {'closed'}

local state = redis.call('HMGET', KEYS[1], 'closed', 'revision', 'quantity', 'remaining', 'seq')
if state[1] ~= '0' then
  return { 'closed' }
end
if tonumber(ARGV[1]) <= tonumber(state[2]) then
  return { 'stale' }
end
local added = tonumber(ARGV[5]) - tonumber(state[3])
if added < 0 then
  return { 'refused' }
end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'startsAt', ARGV[2], 'endsAt', ARGV[3], 'paused', ARGV[4],
  'quantity', ARGV[5])
local remaining, seq = tonumber(state[4]), tonumber(state[5])
if added > 0 then
  remaining = redis.call('HINCRBY', KEYS[1], 'remaining', added)
  seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
  redis.call('PUBLISH', ARGV[6], string.format('%.0f %.0f', remaining, seq))
end
return { 'configured', remaining, seq }
