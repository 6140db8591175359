/**
 * Returns the length in the header of the frame at the start of `bytes`, header included. A WebSocket frame's header is never
 * masked (RFC 6455, section 5.2). Over TLS the header of a record of application data is in the clear (RFC 8446, section 5.2).
 * @returns undefined if there are too few bytes
 */
export function frameBytes(bytes: Buffer): number | undefined {
  if (bytes.length < 5) return undefined;
  if (bytes[0] === applicationData && bytes[1] === tlsMajor) return 5 + bytes.readUInt16BE(3);
  const second = bytes.readUInt8(1);
  const maskBytes = second & 0x80 ? 4 : 0;
  const length = second & 0x7f;
  if (length < 126) return 2 + maskBytes + length;
  if (length === 126) return 4 + maskBytes + bytes.readUInt16BE(2);
  return bytes.length < 10 ? undefined : 10 + maskBytes + Number(bytes.readBigUInt64BE(2));
}

/** First bytes of a TLS record. A WebSocket frame with them would have a reserved opcode and bit, and no mask. */
const applicationData = 0x17;
const tlsMajor = 0x03;

/**
 * Returns true if `bytes` are exactly one pong of a client (RFC 6455, section 5.5.3). Its WebSocket library answers each ping
 * by itself. Over TLS a pong can't be recognised.
 */
export function isPong(bytes: Buffer): boolean {
  const [first, second = 0] = bytes;
  const isMasked = second >= 0x80;
  return first === 0x8a && isMasked && bytes.length === 2 + 4 + (second & 0x7f);
}
