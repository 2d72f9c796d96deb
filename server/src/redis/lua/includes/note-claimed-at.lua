-- Keeps the time of the newest claim. The buy path writes it itself.
local function noteClaimedAt(stateKey, claimedAt)
  if tonumber(claimedAt) > tonumber(redis.call('HGET', stateKey, 'claimedAt') or '0') then
    redis.call('HSET', stateKey, 'claimedAt', claimedAt)
  end
end
