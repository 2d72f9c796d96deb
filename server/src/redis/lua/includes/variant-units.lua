-- A variant of the product is a number from 1 to the state's field 'variants', which is absent where the product has none. Its units are
-- 'ranges:K', such as '1-300 801-900', ascending; 'remaining:K' of them are free, and those from 'next:K' on were never taken.

-- The first unit of these that is not below `unit`; nil when there is none. Without ranges all units are meant.
local function firstUnitFrom(ranges, unit)
  if not ranges then
    return unit
  end
  for from, to in string.gmatch(ranges, '(%d+)-(%d+)') do
    if unit <= tonumber(to) then
      return math.max(unit, tonumber(from))
    end
  end
end

-- Takes the lowest unit of these that was given back; nil when there is none. Ranges before the unit that is found first are passed over, so
-- that the calls are as few as the units of other variants allow.
local function takeReturned(returnedKey, ranges)
  local unit
  for from, to in string.gmatch(ranges, '(%d+)-(%d+)') do
    if not unit or tonumber(unit) < tonumber(from) then
      unit = redis.call('ZRANGE', returnedKey, from, '+inf', 'BYSCORE', 'LIMIT', 0, 1)[1]
      if not unit then
        return nil
      end
    end
    if tonumber(unit) <= tonumber(to) then
      redis.call('ZREM', returnedKey, unit)
      return unit
    end
  end
end

-- The names of a field of each variant.
local function fieldsOf(name, variants)
  local fields = {}
  for variant = 1, variants do
    fields[variant] = name .. ':' .. variant
  end
  return fields
end
