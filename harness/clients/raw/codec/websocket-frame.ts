import { randomBytes } from "node:crypto";
import { ByteQueue } from "./byte-queue.ts";

/** Opcodes of RFC 6455, section 5.2. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame to send, correct or not. Omitted parts are those of a correct client. */
export interface OutgoingFrame {
  /** 0 to 15; text by default. */
  readonly opcode?: number;
  readonly payload?: string | Uint8Array;
  /** True for the last frame of a message. */
  readonly fin?: boolean;
  /** The three reserved bits, as a number from 0 to 7. */
  readonly reserved?: number;
  /** False for an unmasked frame. A server must close the connection of a client that sends one (section 5.1). */
  readonly masked?: boolean;
  /** The four bytes of the masking key; random by default (section 5.3). */
  readonly maskKey?: Uint8Array;
  /** Length in the header, in bytes; the payload's own by default. */
  readonly claimedLength?: number;
}

export interface IncomingFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly fin: boolean;
}

/**
 * Encodes one frame.
 * @throws RangeError for an opcode, reserved bits or a length that do not fit into a header
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
 * Returns the payload of a close frame (section 5.5.1). It is empty without a code.
 * @param code any number of two bytes, also a forbidden one
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

/** Masks or unmasks a payload. Both are the same operation (section 5.3). */
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
  /** Length of the header with its masking key, in bytes. */
  readonly size: number;
  readonly payloadLength: number;
}

/** Decodes the frames of one side, and checks them against RFC 6455. Knows no extension. */
export class FrameDecoder {
  readonly #queue = new ByteQueue();
  readonly #from: "client" | "server";
  readonly #limitBytes: number;

  /** @param limitBytes maximum length of a payload */
  constructor(from: "client" | "server", limitBytes: number) {
    this.#from = from;
    this.#limitBytes = limitBytes;
  }

  /**
   * Decodes the next bytes, in pieces of any size.
   * @returns the frames that they complete
   * @throws Error if they break the protocol or exceed the limit; later bytes can't be decoded
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

  /** Checks a header before its payload has arrived, to detect errors early. */
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

/** @returns undefined while the header is incomplete */
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
