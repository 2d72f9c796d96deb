#!lua
-- restore: a claim that was made in an earlier epoch, and that this one does not know, becomes known again: the caller has proof that it
-- was made. It gets its own unit if that is free, else another one, and goes to the outbox like any claim. Safe to repeat.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] cancelled hash   KEYS[4] returned zset   KEYS[5] outbox stream
-- ARGV[1] customer id  ARGV[2] n              ARGV[3] unit             ARGV[4] seq
-- ARGV[5] claimedAt    ARGV[6] request id     ARGV[7] arrival, ms      ARGV[8] stock channel
--
-- Returns {'known', record, n} (this request holds a unit) | {'other', record, n} (another request has the place of this one)
--       | {'restored', record, n} | {'cancelled'} | {'revoked'} (nothing is left) | {'closed'}

local state = redis.call('HMGET', KEYS[1], 'closed', 'quantity', 'next', 'remaining', 'perCustomer')
if state[1] ~= '0' then
  return { 'closed' }
end
-- Asked again since, the request may have got a unit as another of the customer's: one request never has two.
for n = 1, tonumber(state[5]) do
  local field = n .. ':' .. ARGV[1]
  local held = redis.call('HGET', KEYS[2], field)
  if held and string.match(held, '(%S+)$') == ARGV[6] then
    return { 'known', held, n }
  end
  local cancelled = redis.call('HGET', KEYS[3], field)
  if cancelled and string.match(cancelled, '(%S+)$') == ARGV[6] then
    return { 'cancelled' }
  end
end
local field = ARGV[2] .. ':' .. ARGV[1]
local record = redis.call('HGET', KEYS[2], field)
if record then
  return { 'other', record, ARGV[2] }
end
if redis.call('HEXISTS', KEYS[3], field) == 1 then
  return { 'cancelled' }
end
if tonumber(state[4]) <= 0 then
  return { 'revoked' }
end

local unit, seqText = tonumber(ARGV[3]), ARGV[4]
local following = tonumber(state[3])
local stockSeq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
if redis.call('ZREM', KEYS[4], ARGV[3]) == 0 then
  if unit >= following and unit <= tonumber(state[2]) then
    for skipped = following, unit - 1 do
      redis.call('ZADD', KEYS[4], skipped, skipped)
    end
    redis.call('HSET', KEYS[1], 'next', unit + 1)
  else
    -- Somebody holds it by now: another unit, and a claim number of its own.
    unit = redis.call('ZPOPMIN', KEYS[4])[1] or (redis.call('HINCRBY', KEYS[1], 'next', 1) - 1)
    seqText = string.format('%.0f', stockSeq)
  end
end
local remaining = redis.call('HINCRBY', KEYS[1], 'remaining', -1)
record = unit .. ' ' .. seqText .. ' ' .. ARGV[5] .. ' ' .. ARGV[6]
redis.call('HSET', KEYS[2], field, record)
if tonumber(ARGV[5]) > tonumber(redis.call('HGET', KEYS[1], 'claimedAt') or '0') then
  redis.call('HSET', KEYS[1], 'claimedAt', ARGV[5])
end
redis.call('XADD', KEYS[5], '*', 'customer', ARGV[1], 'n', ARGV[2], 'unit', unit, 'seq', seqText, 'at', ARGV[5],
  'request', ARGV[6], 'arrived', ARGV[7])
redis.call('PUBLISH', ARGV[8], string.format('%.0f %.0f', remaining, stockSeq))
return { 'restored', record, ARGV[2] }
