--- @include "variant-units"

-- Which variant a unit is of, with its ranges: 0 where the product has none, nil where none has this unit yet.
local function variantOf(stateKey, unit)
  local variants = tonumber(redis.call('HGET', stateKey, 'variants') or 0)
  if variants == 0 then
    return 0
  end
  for variant, ranges in ipairs(redis.call('HMGET', stateKey, unpack(fieldsOf('ranges', variants)))) do
    if firstUnitFrom(ranges, tonumber(unit)) == tonumber(unit) then
      return variant, ranges
    end
  end
end

-- The field of a variant, or of a product without any.
local function stockField(name, variant)
  return variant == 0 and name or name .. ':' .. variant
end

-- Adds to a variant's own count; `changeStock` then adds to that of the sale, and publishes both.
local function countVariant(stateKey, variant, added)
  if variant and variant > 0 then
    redis.call('HINCRBY', stateKey, 'remaining:' .. variant, added)
  end
end
