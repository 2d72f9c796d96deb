-- The keys of a sale that is over expire together (see `retire` in epoch-keys.ts), also those that this call has created.
local function expireWithState()
  local leftMs = redis.call('PTTL', KEYS[1])
  if leftMs > 0 then
    for key = 2, #KEYS do
      redis.call('PEXPIRE', KEYS[key], leftMs)
    end
  end
end
