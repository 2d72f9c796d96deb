/** A whole text message in one unmasked frame (RFC 6455, 5.2). */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  if (bytes > 0xffff) throw new RangeError(`${bytes} bytes are no broadcast`);
  const short = bytes < 126;
  const frame = Buffer.allocUnsafe(bytes + (short ? 2 : 4));
  frame[0] = 0x81;
  if (short) frame[1] = bytes;
  else {
    frame[1] = 126;
    frame.writeUInt16BE(bytes, 2);
  }
  frame.write(text, short ? 2 : 4);
  return frame;
}
