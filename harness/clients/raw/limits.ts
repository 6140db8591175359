/** Limits on the bytes that a target may send. Exceeding one ends the connection with an error. */
export const limits = {
  /** Maximum of a status line with all its headers, or of the headers of a STOMP frame, in bytes. */
  headBytes: 65_536,
  /** Maximum of a WebSocket message, a SockJS frame or a STOMP frame, in bytes. */
  messageBytes: 1_048_576,
  /** Maximum of all bytes that one client receives. */
  totalBytes: 67_108_864,
} as const;
