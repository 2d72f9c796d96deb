#!lua
-- reassign: MongoDB has given the unit of this claim to another order, so the claim gets another unit, or is revoked when none is
-- left. The order that stands must have been adopted before. Needed only after Redis has lost something.
--
-- KEYS[1] state hash   KEYS[2] holders hash   KEYS[3] returned zset   KEYS[4] outbox stream
-- ARGV[1] customer id  ARGV[2] n              ARGV[3] seq of the claim
-- ARGV[4] arrival of the claim, ms            ARGV[5] stock channel
--
-- Returns {'reassigned', unit, seq} | {'revoked'} | {'absent'} (not this claim any more) | {'closed'}

if redis.call('HGET', KEYS[1], 'closed') ~= '0' then
  return { 'closed' }
end
local field = ARGV[2] .. ':' .. ARGV[1]
local record = redis.call('HGET', KEYS[2], field)
if not record then
  return { 'absent' }
end
local held, claimSeq, claimedAt, request = string.match(record, '^(%S+) (%S+) (%S+) (%S+)$')
if claimSeq ~= ARGV[3] then
  return { 'absent' }
end

-- Its unit has a holder less, and is not free: the order that stands has it (see adopt.lua).
if redis.call('HINCRBY', KEYS[1], 'contested:' .. held, -1) <= 0 then
  redis.call('HDEL', KEYS[1], 'contested:' .. held)
end
if tonumber(redis.call('HGET', KEYS[1], 'remaining')) <= 0 then
  redis.call('HDEL', KEYS[2], field)
  -- The stock is the same, but the holders are not: a list of winners that was read before is out of date.
  local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
  redis.call('PUBLISH', ARGV[5], string.format('%.0f %.0f', redis.call('HGET', KEYS[1], 'remaining'), seq))
  return { 'revoked' }
end
local unit = redis.call('ZPOPMIN', KEYS[3])[1]
if not unit then
  unit = redis.call('HINCRBY', KEYS[1], 'next', 1) - 1
end
local remaining = redis.call('HINCRBY', KEYS[1], 'remaining', -1)
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
local seqText = string.format('%.0f', seq)
redis.call('HSET', KEYS[2], field, unit .. ' ' .. seqText .. ' ' .. claimedAt .. ' ' .. request)
redis.call('XADD', KEYS[4], '*', 'customer', ARGV[1], 'n', ARGV[2], 'unit', unit, 'seq', seqText, 'at', claimedAt,
  'request', request, 'arrived', ARGV[4])
redis.call('PUBLISH', ARGV[5], string.format('%.0f %.0f', remaining, seq))
return { 'reassigned', tonumber(unit), seq }
