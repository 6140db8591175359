import { StompDecoder, type StompFrame } from "./codec/stomp-frame.ts";
import { limits } from "./limits.ts";

/** Length of a STOMP heartbeat, a carriage return and a line feed, in bytes. A frame is longer. */
const endOfLineMax = 2;

/** Distinguishes frames from keep-alives in what arrives on a raw client's receiving connection. */
export class TrafficRecorder {
  readonly #record: (what: "frame" | "keep-alive") => void;
  #readsFrame = false;

  constructor(record: (what: "frame" | "keep-alive") => void) {
    this.#record = record;
  }

  /** Notes bytes of the STOMP stream. */
  noteStomp({ length }: Buffer): void {
    this.#readsFrame ||= length > endOfLineMax;
  }

  /** Records that bytes of any kind have arrived. */
  noteArrival(): void {
    this.#record(this.#readsFrame ? "frame" : "keep-alive");
    this.#readsFrame = false;
  }
}

/** Returns the valid STOMP frames in a sent text. */
export const framesIn = (text: string): StompFrame[] =>
  new StompDecoder(limits.messageBytes, limits.headBytes).push(Buffer.from(text));
