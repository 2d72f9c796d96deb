#!lua
-- count-buy: counts a customer's buys in a window that begins with the first.
--
-- KEYS[1] counter
-- ARGV[1] points of this buy    ARGV[2] length of the window, s
--
-- Returns {points so far, ms that are left of the window}.

redis.call('SET', KEYS[1], 0, 'EX', ARGV[2], 'NX')
local consumed = redis.call('INCRBY', KEYS[1], ARGV[1])
return { consumed, redis.call('PTTL', KEYS[1]) }
