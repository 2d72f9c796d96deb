--- @include "whole"

-- Publishes how many units are sold, in a sale that requires payment, after the change of the stock with that number. Returns it.
local function publishSold(soldKey, channel, seq)
  local sold = redis.call('HLEN', soldKey)
  redis.call('PUBLISH', channel, 'sold ' .. whole(sold) .. ' ' .. whole(seq))
  return sold
end
