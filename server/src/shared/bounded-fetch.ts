/** Of documents that other services send: an identity provider's addresses and keys, a verdict on a captcha. */
const bytesMax = 1_048_576;

/** As `fetch`. An answer that is longer fails as a lost connection does. */
export async function boundedFetch(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  const { body, status, statusText, headers } = response;
  if (body === null) return response;
  const pieces: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop closes the connection.
  for await (const piece of body) {
    length += piece.length;
    if (length > bytesMax) throw new TypeError(`the answer has more than ${bytesMax} bytes`);
    pieces.push(piece);
  }
  return new Response(Buffer.concat(pieces), { status, statusText, headers });
}
