/** What a target may send in one piece, and in all. More ends the connection with an error, not the harness. */
export const limits = {
  /** A status line with all its headers, or the headers of a STOMP frame, in bytes. */
  headBytes: 65_536,
  /** A WebSocket message, a SockJS frame or a STOMP frame, in bytes. */
  messageBytes: 1_048_576,
  /** Everything that one client receives in its life, in bytes. */
  totalBytes: 67_108_864,
} as const;
