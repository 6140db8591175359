/** Takes the messages that one client receives. */
export interface NoticeSink {
  /** Notes that the client listens from now on. */
  readonly start: () => void;
  /** @param arrivedAtMs latest possible arrival time, before the client read the message, on the history's clock */
  readonly record: (destination: string, body: string, arrivedAtMs: number) => void;
}
