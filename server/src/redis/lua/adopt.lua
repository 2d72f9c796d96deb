#!lua
-- adopt: an order that stands in MongoDB becomes known here, whatever these keys believed before. Needed only when Redis has lost
-- something, or a writer of an older epoch came late. Safe to repeat.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] returned zset   KEYS[4] cancelled hash
-- ARGV[1] holder field, 'n:customer'   ARGV[2] record of the order   ARGV[3] its unit   ARGV[4] stock channel
--
-- Returns {'known'} | {'adopted'} | {'cancelled'} (since the caller read it) | {'closed'}
--
-- While the unit has another holder here, the state's field 'contested:UNIT' counts how many too many it has.

if redis.call('HGET', KEYS[1], 'closed') ~= '0' then
  return { 'closed' }
end
-- A unit that another holder claims as well (see adopt.lua) stays with them; any other goes back on sale. Returns how many that frees.
local function leave(unit)
  local field = 'contested:' .. unit
  if redis.call('HEXISTS', KEYS[1], field) == 0 then
    redis.call('ZADD', KEYS[3], unit, unit)
    return 1
  end
  if redis.call('HINCRBY', KEYS[1], field, -1) == 0 then
    redis.call('HDEL', KEYS[1], field)
  end
  return 0
end

if redis.call('HEXISTS', KEYS[4], ARGV[1]) == 1 then
  return { 'cancelled' }
end
local held = redis.call('HGET', KEYS[2], ARGV[1])
local heldUnit = held and string.match(held, '^(%S+)')
if heldUnit == ARGV[3] then
  return { 'known' }
end

local freed = 0
if heldUnit then
  freed = leave(heldUnit)
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local claimedAt = string.match(ARGV[2], '^%S+ %S+ (%S+)')
if tonumber(claimedAt) > tonumber(redis.call('HGET', KEYS[1], 'claimedAt') or '0') then
  redis.call('HSET', KEYS[1], 'claimedAt', claimedAt)
end

-- The unit is no longer free: given back, or not yet reached by the serial numbers. If somebody else holds it here, the writer meets
-- their claim in the outbox and gives it another unit, for two can't be written.
local unit = tonumber(ARGV[3])
local following = tonumber(redis.call('HGET', KEYS[1], 'next'))
if redis.call('ZREM', KEYS[3], ARGV[3]) == 1 then
  freed = freed - 1
elseif unit >= following then
  for skipped = following, unit - 1 do
    redis.call('ZADD', KEYS[3], skipped, skipped)
  end
  redis.call('HSET', KEYS[1], 'next', unit + 1)
  freed = freed - 1
else
  redis.call('HINCRBY', KEYS[1], 'contested:' .. ARGV[3], 1)
end
local remaining = redis.call('HINCRBY', KEYS[1], 'remaining', freed)
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('PUBLISH', ARGV[4], string.format('%.0f %.0f', remaining, seq))
-- The keys of a sale that is over go together (see `retire` in epoch-keys.ts), also those that this call has made.
local leftMs = redis.call('PTTL', KEYS[1])
if leftMs > 0 then
  for key = 2, #KEYS do
    redis.call('PEXPIRE', KEYS[key], leftMs)
  end
end
return { 'adopted' }
