#!lua
-- claim: decides buys, in the order in which they are given, by Redis's own clock. This is the hot path, and the only place on it where a
-- unit gets a holder. Each buy is decided as if it had come alone; they come together because a call costs more than a decision.
--
-- KEYS[1] state hash      KEYS[2] holders hash     KEYS[3] cancelled hash
-- KEYS[4] returned zset   KEYS[5] outbox stream    KEYS[6] requests that bought in earlier sales
-- KEYS[6 + i] counter of the i-th buy's customer
-- ARGV[1] stock channel    ARGV[2] outbox length at which nothing more is taken
-- ARGV[3] buys that a customer may make in a window that begins with the first    ARGV[4] length of the window, ms
-- ARGV[5...] for each buy: customer id, request id, arrival at the node in ms since 1970, the last ms at which it may be decided (0: any)
-- ARGV[...] after all of these, where the product has variants: for each buy the number of the variant that it wants
--
-- Returns {'closed'} when these keys do not sell (not open yet, closed by recovery, or wiped), {'replaced'} when another sale has taken their
-- place, else for each buy one of
--   {'claimed',       n, unit, seq, claimedAt, remaining}   a unit was taken
--   {'replayed',      record, n}                            this request was answered before, even if its order was cancelled
--   {'earlier',       record}                               this request has bought in an earlier sale, within the last day
--   {'limit_reached', record, n, 'held' | 'cancelled'}      the customer has had their share
--   {'too_many',      ms}                                   the customer asks too often; a new window begins in so many ms
--   {'sold_out'}
--   {'not_active',    startsAt, endsAt, paused}             outside the window, or paused
--   {'backlog'}                                             MongoDB is too far behind
--   {'expired'}                                             it came after its deadline: the customer no longer waits for the answer
-- A record is 'unit seq claimedAt requestId', of an earlier sale 'saleId n unit seq claimedAt price'.

--- @include "whole"
--- @include "request-of"
--- @include "write-claim"

local stateKey, holdersKey, cancelledKey, returnedKey, outboxKey, earlierKey = unpack(KEYS, 1, 6)
-- By position: with named fields, as `readState` gives them, a call of one buy took 78 µs instead of 75.
local closed, startsAt, endsAt, paused, perCustomer, remaining, nextUnit, seq, opened, replacedAt, variants = unpack(redis.call('HMGET',
  stateKey, 'closed', 'startsAt', 'endsAt', 'paused', 'perCustomer', 'remaining', 'next', 'seq', 'opened', 'replacedAt', 'variants'))
-- A first epoch finds its scripts loaded, so `opened` begins the sale, not the loading.
if closed ~= '0' or opened == '0' then
  return { 'closed' }
end
startsAt, endsAt, perCustomer = tonumber(startsAt), tonumber(endsAt), tonumber(perCustomer)
remaining, nextUnit, seq = tonumber(remaining), tonumber(nextUnit), tonumber(seq)

local channel, backlogMax, buysMax, windowMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if replacedAt and now >= tonumber(replacedAt) then
  return { 'replaced' }
end
local active = paused ~= '1' and now >= startsAt and (endsAt == 0 or now < endsAt)
local backlog = redis.call('XLEN', outboxKey)
local anyCancelled = redis.call('HLEN', cancelledKey) > 0
local anyReturned = redis.call('ZCARD', returnedKey) > 0
local anyEarlier = redis.call('HLEN', earlierKey) > 0
-- requestsKeptMs in sale/order.ts
local earlierKeptMs = 86400000
local claimed = 0
-- Counts of each variant, and those that a buy of this call is of; nil where the product has none. Such a sale does not pay for these
-- functions: each run of a script makes its functions again.
local counts, touched, takeUnitOf
if variants then
--- @include "variant-units"
  counts = redis.call('HMGET', stateKey, unpack(fieldsOf('remaining', tonumber(variants))))
  touched = {}
  takeUnitOf = function(variant)
    local units = touched[variant]
    if not units then
      local ranges, fresh = unpack(redis.call('HMGET', stateKey, 'ranges:' .. variant, 'next:' .. variant))
      units = { ranges = ranges, next = tonumber(fresh), anyReturned = anyReturned }
      touched[variant] = units
    end
    local unit = units.anyReturned and takeReturned(returnedKey, units.ranges)
    if not unit then
      units.anyReturned = false
      local fresh = firstUnitFrom(units.ranges, units.next)
      units.next = fresh + 1
      unit = whole(fresh)
    end
    counts[variant] = counts[variant] - 1
    return unit
  end
end

-- The buys of a call share the counters: the state is written once, at the end.
local function takeUnit()
  if anyReturned then
    local unit = redis.call('ZPOPMIN', returnedKey)[1]
    if unit then
      return unit
    end
    anyReturned = false
  end
  nextUnit = nextUnit + 1
  return whole(nextUnit - 1)
end

local function inEarlierSale(customer, request)
  local record = anyEarlier and redis.call('HGET', earlierKey, customer .. ' ' .. request)
  return record and now - tonumber(string.match(record, '(%S+) %S+$')) < earlierKeptMs and record
end

local function decide(counterKey, customer, request, arrived, decideBy, variant)
  local buys = redis.call('INCR', counterKey)
  if buys == 1 then
    redis.call('PEXPIRE', counterKey, windowMs)
  elseif buys > buysMax then
    return { 'too_many', redis.call('PTTL', counterKey) }
  end

  local free, last, lastN, lastKind
  for n = 1, perCustomer do
    local field = n .. ':' .. customer
    local kind = 'held'
    local record = redis.call('HGET', holdersKey, field)
    if not record and anyCancelled then
      record = redis.call('HGET', cancelledKey, field)
      kind = 'cancelled'
    end
    if record then
      if requestOf(record) == request then
        return { 'replayed', record, n }
      end
      last, lastN, lastKind = record, n, kind
    elseif not free then
      free = n
    end
  end
  local earlier = inEarlierSale(customer, request)
  if earlier then
    return { 'earlier', earlier }
  end
  if not free then
    return { 'limit_reached', last, lastN, lastKind }
  end

  if not active then
    return { 'not_active', startsAt, endsAt, paused }
  end
  -- A network that was stuck delivers late: the customer no longer waits for this answer, and another may buy the unit.
  if decideBy > 0 and now > decideBy then
    return { 'expired' }
  end
  if (counts and tonumber(counts[variant] or 0) or remaining) <= 0 then
    return { 'sold_out' }
  end
  -- Claims must fit into Redis's memory until MongoDB has them.
  if backlog >= backlogMax then
    return { 'backlog' }
  end

  local unit = counts and takeUnitOf(variant) or takeUnit()
  remaining, seq, backlog, claimed = remaining - 1, seq + 1, backlog + 1, claimed + 1
  writeClaim(holdersKey, outboxKey, customer, free, unit, whole(seq), whole(now), request, arrived)
  return { 'claimed', free, tonumber(unit), seq, now, remaining }
end

local replies = {}
local buys = #KEYS - 6
for i = 1, buys do
  local first = 1 + 4 * i
  replies[i] = decide(KEYS[6 + i], ARGV[first], ARGV[first + 1], ARGV[first + 2], tonumber(ARGV[first + 3]),
    counts and tonumber(ARGV[4 + 4 * buys + i]))
end
if claimed > 0 then
  local message = whole(remaining) .. ' ' .. whole(seq) .. ' ' .. whole(now)
  if counts then
    redis.call('HSET', stateKey, 'remaining', whole(remaining), 'seq', whole(seq), 'claimedAt', whole(now))
    for variant, units in pairs(touched) do
      redis.call('HSET', stateKey, 'remaining:' .. variant, whole(counts[variant]), 'next:' .. variant, whole(units.next))
    end
    message = message .. ' ' .. table.concat(counts, ',')
  else
    redis.call('HSET', stateKey, 'remaining', whole(remaining), 'next', whole(nextUnit), 'seq', whole(seq), 'claimedAt', whole(now))
  end
  redis.call('PUBLISH', channel, message)
end
return replies
