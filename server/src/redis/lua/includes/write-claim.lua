-- Writes a claim: into the holders, and into the outbox for the order writers. Returns its record.
local function writeClaim(holdersKey, outboxKey, customer, n, unit, seq, claimedAt, request, arrivedAt)
  local record = unit .. ' ' .. seq .. ' ' .. claimedAt .. ' ' .. request
  redis.call('HSET', holdersKey, n .. ':' .. customer, record)
  redis.call('XADD', outboxKey, '*', 'customer', customer, 'n', n, 'unit', unit, 'seq', seq, 'at', claimedAt,
    'request', request, 'arrived', arrivedAt)
  return record
end
