#!lua
-- claim: one buy, decided by itself in one step: what every baseline calls. The same decision, holder, outbox entry and publish as a buy of
-- our server has; ours decides several in one call and counts the customer's rate in it.
--
-- KEYS[1] state hash      KEYS[2] holders hash     KEYS[3] cancelled hash
-- KEYS[4] returned zset   KEYS[5] outbox stream
-- ARGV[1] customer id     ARGV[2] request id       ARGV[3] arrival at the node, ms since 1970
-- ARGV[4] stock channel    ARGV[5] outbox length at which nothing more is taken
--
-- Returns one of
--   {'claimed',    n, unit, seq, claimedAt, remaining}   a unit was taken
--   {'again',      record, n}                            this very request was answered before
--   {'already',    record, n, 'held' | 'cancelled'}      the customer has had their share
--   {'sold_out'}
--   {'not_active', startsAt, endsAt, paused}             outside the window, or paused
--   {'backlog'}                                          MongoDB is too far behind
--   {'closed'}                                           these keys no longer sell (recovery, or wiped)
-- A record is 'unit seq claimedAt requestId'.

local state = redis.call('HMGET', KEYS[1], 'closed', 'startsAt', 'endsAt', 'paused', 'perCustomer', 'remaining')
if state[1] ~= '0' then
  return { 'closed' }
end

local customer, request = ARGV[1], ARGV[2]
local free, last, lastN, lastKind
for n = 1, tonumber(state[5]) do
  local field = n .. ':' .. customer
  local kind = 'held'
  local record = redis.call('HGET', KEYS[2], field)
  if not record then
    record = redis.call('HGET', KEYS[3], field)
    kind = 'cancelled'
  end
  if record then
    -- The request id is the record's last word; it holds no space.
    if kind == 'held' and string.match(record, '(%S+)$') == request then
      return { 'again', record, n }
    end
    last, lastN, lastKind = record, n, kind
  elseif not free then
    free = n
  end
end
if not free then
  return { 'already', last, lastN, lastKind }
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local startsAt, endsAt = tonumber(state[2]), tonumber(state[3])
if state[4] == '1' or now < startsAt or (endsAt > 0 and now >= endsAt) then
  return { 'not_active', startsAt, endsAt, state[4] }
end
if tonumber(state[6]) <= 0 then
  return { 'sold_out' }
end

-- What is promised here must fit into the memory until MongoDB has it.
if redis.call('XLEN', KEYS[5]) >= tonumber(ARGV[5]) then
  return { 'backlog' }
end

-- A unit that was given back goes out before one that never went.
local unit = redis.call('ZPOPMIN', KEYS[4])[1]
if not unit then
  unit = redis.call('HINCRBY', KEYS[1], 'next', 1) - 1
end
local remaining = redis.call('HINCRBY', KEYS[1], 'remaining', -1)
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
local claimedAt = string.format('%.0f', now)
-- Lua 5.1 prints large numbers with an exponent; whole numbers are written out.
local seqText = string.format('%.0f', seq)
redis.call('HSET', KEYS[2], free .. ':' .. customer, unit .. ' ' .. seqText .. ' ' .. claimedAt .. ' ' .. request)
redis.call('XADD', KEYS[5], '*', 'customer', customer, 'n', free, 'unit', unit, 'seq', seqText, 'at', claimedAt,
  'request', request, 'arrived', ARGV[3])
redis.call('PUBLISH', ARGV[4], string.format('%.0f', remaining) .. ' ' .. seqText)
return { 'claimed', free, tonumber(unit), seq, now, remaining }
