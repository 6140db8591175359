import { randomBytes } from "node:crypto";
import { ByteQueue } from "./byte-queue.ts";

/** RFC 6455, section 5.2. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame, as right or wrong as it is asked for. What is left out is as a good client would have it. */
export interface OutgoingFrame {
  /** 0 to 15; text when left out. */
  readonly opcode?: number;
  readonly payload?: string | Uint8Array;
  /** Whether it is its message's last. */
  readonly fin?: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number;
  /** A client must mask; one that does not must be cut off (section 5.1). */
  readonly masked?: boolean;
  /** The four bytes to mask with; random when left out (section 5.3). */
  readonly maskKey?: Uint8Array;
  /** The length that the header claims, in bytes; the payload's own when left out. */
  readonly claimedLength?: number;
}

export interface IncomingFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly fin: boolean;
}

/**
 * The bytes of one frame.
 * @throws RangeError for an opcode, reserved bits or a length that no header has room for
 */
export function encodeFrame(frame: OutgoingFrame): Buffer {
  const { opcode = opcodes.text, fin = true, reserved = 0, masked = true, maskKey = randomBytes(4) } = frame;
  const payload = Buffer.from(frame.payload ?? "");
  if (!isWithin(opcode, 15)) throw new RangeError(`opcode ${opcode} is not 0 to 15`);
  if (!isWithin(reserved, 7)) throw new RangeError(`reserved bits ${reserved} are not 0 to 7`);
  if (maskKey.length !== 4) throw new RangeError(`a masking key has 4 bytes, not ${maskKey.length}`);
  const first = Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode]);
  const length = encodeLength(frame.claimedLength ?? payload.length, masked ? 0x80 : 0);
  return masked
    ? Buffer.concat([first, length, maskKey, mask(payload, maskKey)])
    : Buffer.concat([first, length, payload]);
}

/**
 * The payload of a close frame (section 5.5.1); without a code it is empty.
 * @param code anything that two bytes hold, also what must not be sent
 */
export function closePayload(code?: number, reason = ""): Buffer {
  if (code === undefined) return Buffer.alloc(0);
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return Buffer.concat([bytes, Buffer.from(reason)]);
}

const isWithin = (value: number, max: number) => Number.isInteger(value) && value >= 0 && value <= max;

function encodeLength(length: number, maskBit: number): Buffer {
  if (!isWithin(length, Number.MAX_SAFE_INTEGER)) throw new RangeError(`no frame is ${length} bytes long`);
  if (length < 126) return Buffer.from([maskBit | length]);
  if (length < 65_536) return Buffer.from([maskBit | 126, length >> 8, length & 0xff]);
  const bytes = Buffer.alloc(9);
  bytes[0] = maskBit | 127;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** Masks, or unmasks, which is the same (section 5.3). */
function mask(payload: Uint8Array, key: Uint8Array): Buffer {
  const masked = Buffer.from(payload);
  for (let index = 0; index < masked.length; index += 1) {
    masked[index] = (masked[index] ?? 0) ^ (key[index % 4] ?? 0);
  }
  return masked;
}

interface Header {
  readonly opcode: number;
  readonly fin: boolean;
  readonly masked: boolean;
  /** Of the header itself, with the masking key, in bytes. */
  readonly size: number;
  readonly payloadLength: number;
}

/** Reads the frames that one side sends, and holds it to RFC 6455. No extension is known. */
export class FrameDecoder {
  readonly #queue = new ByteQueue();
  readonly #from: "client" | "server";
  readonly #limitBytes: number;

  /** @param limitBytes the longest payload that is taken in */
  constructor(from: "client" | "server", limitBytes: number) {
    this.#from = from;
    this.#limitBytes = limitBytes;
  }

  /**
   * Takes in the next bytes, in whatever pieces they come.
   * @returns the frames that they complete
   * @throws Error when they break the protocol or the limit; nothing that follows can be read
   */
  push(piece: Uint8Array): IncomingFrame[] {
    this.#queue.push(piece);
    const frames: IncomingFrame[] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): IncomingFrame | undefined {
    const header = readHeader(this.#queue);
    if (header === undefined) return undefined;
    this.#hold(header);
    const { opcode, fin, masked, size, payloadLength } = header;
    const frame = this.#queue.take(size + payloadLength);
    if (frame === undefined) return undefined;
    const payload = frame.subarray(size);
    return { opcode, fin, payload: masked ? mask(payload, frame.subarray(size - 4, size)) : payload };
  }

  /** Before the payload is there, so that nobody waits for what is wrong or too long already. */
  #hold({ opcode, fin, masked, payloadLength }: Header): void {
    if (masked !== (this.#from === "client")) {
      throw new Error(`a WebSocket frame of the ${this.#from} was ${masked ? "masked" : "not masked"}`);
    }
    if (!Object.values<number>(opcodes).includes(opcode)) {
      throw new Error(`a WebSocket frame had the unknown opcode ${opcode}`);
    }
    if (opcode >= opcodes.close && (!fin || payloadLength > 125)) {
      throw new Error("a WebSocket control frame was fragmented or longer than 125 bytes");
    }
    if (payloadLength > this.#limitBytes) {
      throw new Error(
        `a WebSocket frame of ${payloadLength} bytes is beyond the limit of ${this.#limitBytes}`,
      );
    }
  }
}

/** @returns undefined as long as the header is not there in whole */
function readHeader(queue: ByteQueue): Header | undefined {
  const start = queue.peek(2);
  const [first = 0, second = 0] = start ?? [];
  if (start === undefined) return undefined;
  if ((first & 0x70) !== 0) throw new Error("a WebSocket frame had reserved bits set, without an extension");
  const short = second & 0x7f;
  const lengthEnd = short < 126 ? 2 : short === 126 ? 4 : 10;
  const bytes = queue.peek(lengthEnd);
  if (bytes === undefined) return undefined;
  const masked = (second & 0x80) !== 0;
  return {
    opcode: first & 0x0f,
    fin: (first & 0x80) !== 0,
    masked,
    size: lengthEnd + (masked ? 4 : 0),
    payloadLength: readLength(bytes, short),
  };
}

function readLength(header: Buffer, short: number): number {
  if (short < 126) return short;
  const length = short === 126 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
  // Section 5.2: the minimal number of bytes must be used.
  if (length < (short === 126 ? 126 : 65_536)) throw new Error("a WebSocket frame's length was not minimal");
  return length;
}
