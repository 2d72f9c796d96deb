/** Every reason for which a request can be refused, with its HTTP status. The codes are stable; messages are not. */
export const refusals = {
  invalid_request: 400,
  invalid_price: 400,
  invalid_image: 400,
  variant_required: 400,
  unknown_variant: 400,
  sold_out: 400,
  already_purchased: 400,
  unauthenticated: 401,
  forbidden: 403,
  sale_not_active: 403,
  account_too_new: 403,
  challenge_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  no_sale: 404,
  request_timeout: 408,
  not_sealed: 404,
  no_rehearsals: 404,
  conflict: 409,
  rehearsal_running: 409,
  sale_too_near: 409,
  redis_unsafe: 409,
  database_full: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  request_id_reused: 422,
  too_many_requests: 429,
  headers_too_large: 431,
  internal_error: 500,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof refusals;

/** The refusals that a well-formed buy can meet; the ones a shopper's page must have an answer to. */
export const buyRefusalCodes = [
  'invalid_request',
  'variant_required',
  'unknown_variant',
  'sold_out',
  'already_purchased',
  'unauthenticated',
  'forbidden',
  'sale_not_active',
  'account_too_new',
  'challenge_required',
  'no_sale',
  'not_found',
  'request_id_reused',
  'too_many_requests',
  'unavailable',
  'internal_error',
] as const satisfies readonly RefusalCode[];

export type BuyRefusalCode = (typeof buyRefusalCodes)[number];
