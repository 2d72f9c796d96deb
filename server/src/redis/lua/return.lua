#!lua
-- return: takes a unit from its holder and puts it back on sale. Safe to repeat: only that very claim is taken back.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] cancelled hash   KEYS[4] returned zset
-- ARGV[1] holder field, 'n:customer'          ARGV[2] seq of the claim
-- ARGV[3] 'cancelled': the customer's share stays used; 'forgotten': they may buy again
-- ARGV[4] stock channel                       ARGV[5] record of the claim
--
-- Returns {'returned', remaining, seq} | {'absent'} | {'closed'}
--
-- A cancelled order is noted also where it is not held: a late writer or a receipt may still bring it here (see adopt.lua, restore.lua).

if redis.call('HGET', KEYS[1], 'closed') ~= '0' then
  return { 'closed' }
end
-- A unit that another holder claims as well (see adopt.lua) stays with them; any other goes back on sale. Returns how many that frees.
local function leave(unit)
  local field = 'contested:' .. unit
  if redis.call('HEXISTS', KEYS[1], field) == 0 then
    redis.call('ZADD', KEYS[4], unit, unit)
    return 1
  end
  if redis.call('HINCRBY', KEYS[1], field, -1) == 0 then
    redis.call('HDEL', KEYS[1], field)
  end
  return 0
end

if ARGV[3] == 'cancelled' then
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[5])
end
local record = redis.call('HGET', KEYS[2], ARGV[1])
if not record then
  return { 'absent' }
end
local unit, claimSeq = string.match(record, '^(%S+) (%S+)')
if claimSeq ~= ARGV[2] then
  return { 'absent' }
end
redis.call('HDEL', KEYS[2], ARGV[1])
local remaining = redis.call('HINCRBY', KEYS[1], 'remaining', leave(unit))
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('PUBLISH', ARGV[4], string.format('%.0f %.0f', remaining, seq))
-- The keys of a sale that is over go together (see `retire` in epoch-keys.ts), also those that this call has made.
local leftMs = redis.call('PTTL', KEYS[1])
if leftMs > 0 then
  for key = 2, #KEYS do
    redis.call('PEXPIRE', KEYS[key], leftMs)
  end
end
return { 'returned', remaining, seq }
