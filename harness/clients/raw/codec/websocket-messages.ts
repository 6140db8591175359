import { opcodes, type IncomingFrame } from "./websocket-frame.ts";

/** Assembles messages from frames (RFC 6455, section 5.4). */
export class MessageAssembler {
  readonly #limitBytes: number;
  #opcode: number | undefined;
  #fragments: Buffer[] = [];
  #length = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /**
   * Adds the next text, binary or continuation frame.
   * @returns the completed message, if there is one
   * @throws Error if the frames' order is wrong, text is no UTF-8, or the limit is exceeded
   */
  push({ opcode, payload, fin }: IncomingFrame): Buffer | undefined {
    const continues = opcode === opcodes.continuation;
    if (continues !== (this.#opcode !== undefined)) {
      throw new Error(
        continues
          ? "a WebSocket message began with a continuation"
          : "a WebSocket message began within another",
      );
    }
    this.#opcode ??= opcode;
    this.#fragments.push(payload);
    // Empty fragments are legal, and still cost memory.
    this.#length += payload.length + 1;
    if (this.#length > this.#limitBytes) {
      throw new Error(`a WebSocket message is beyond the limit of ${this.#limitBytes} bytes`);
    }
    return fin ? this.#finish() : undefined;
  }

  #finish(): Buffer {
    const message = Buffer.concat(this.#fragments);
    const isText = this.#opcode === opcodes.text;
    this.#opcode = undefined;
    this.#fragments = [];
    this.#length = 0;
    if (isText && !isUtf8(message)) throw new Error("a WebSocket text message was no UTF-8");
    return message;
  }
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
