import { createHash, randomBytes } from "node:crypto";
import { encodeRequest, ResponseDecoder, setCookiesIn, type ResponseHead } from "./codec/http-message.ts";
import { limits } from "./limits.ts";
import { isNetworkError, Line, type Destination, type SendPace } from "./line.ts";
import type { TransportLink, LinkAddress, LinkListener } from "./link.ts";
import { decodeSockJs, encodeSockJs } from "./codec/sockjs-frame.ts";
import {
  closePayload,
  encodeFrame,
  FrameDecoder,
  opcodes,
  type IncomingFrame,
  type OutgoingFrame,
} from "./codec/websocket-frame.ts";
import { MessageAssembler } from "./codec/websocket-messages.ts";

/** Suffix of the accept key (RFC 6455, section 1.3). */
const acceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Time limit for the target's answer to a close frame, in milliseconds. */
const closeLimitMs = 5_000;

/** STOMP on a WebSocket, in SockJS's framing or without. */
export class WebSocketLink implements TransportLink {
  readonly handshake: Buffer;
  readonly #to: Destination;
  readonly #listener: LinkListener;
  readonly #sockJs: boolean;
  readonly #key = randomBytes(16).toString("base64");
  readonly #response = new ResponseDecoder(limits.headBytes);
  readonly #frames = new FrameDecoder("server", limits.messageBytes);
  readonly #messages = new MessageAssembler(limits.messageBytes);
  readonly #path: string;
  #line: Line | undefined;
  #upgraded = false;
  #isOpen = false;
  #closeSent = false;
  #over = false;
  #closeTimer: NodeJS.Timeout | undefined;

  constructor(to: Destination, { path, headers }: LinkAddress, sockJs: boolean, listener: LinkListener) {
    this.#to = to;
    this.#listener = listener;
    this.#sockJs = sockJs;
    this.#path = path("websocket");
    this.handshake = encodeRequest({
      method: "GET",
      path: this.#path,
      headers: {
        ...headers,
        Upgrade: "websocket",
        Connection: "Upgrade",
        "Sec-WebSocket-Key": this.#key,
        "Sec-WebSocket-Version": "13",
        ...(sockJs ? {} : { "Sec-WebSocket-Protocol": "v12.stomp, v11.stomp" }),
      },
    });
  }

  async open(sendHandshake: boolean): Promise<void> {
    this.#line = await Line.open(this.#to, {
      bytes: (piece) => this.#take(piece),
      ended: (error) => {
        const lost = error === undefined || isNetworkError(error);
        this.#finish(lost ? 1006 : null, error?.message ?? "");
      },
    });
    if (sendHandshake) await this.#line.write(this.handshake);
  }

  send(text: string, pace?: SendPace): Promise<void> {
    return this.sendMessage(this.#sockJs ? encodeSockJs(text) : text, pace);
  }

  sendMessage(text: string, pace?: SendPace): Promise<void> {
    return this.sendFrame({ payload: text }, pace);
  }

  sendFrame(frame: OutgoingFrame, pace?: SendPace): Promise<void> {
    if (frame.opcode === opcodes.close) this.#closeSent = true;
    return this.write(encodeFrame(frame), pace);
  }

  write(bytes: string | Uint8Array, pace?: SendPace): Promise<void> {
    return this.#line?.write(bytes, pace) ?? Promise.reject(new Error("the WebSocket is not connected yet"));
  }

  stopReading(): void {
    this.#line?.pause();
  }

  resumeReading(): void {
    this.#line?.resume();
  }

  stopPolling(): Promise<true> {
    return Promise.reject(new Error("a WebSocket does not poll; join on xhr-polling"));
  }

  asking(): Promise<void> {
    return Promise.resolve();
  }

  abort(): void {
    throw new Error("a WebSocket has no request to break off; join on an HTTP transport");
  }

  close(): void {
    if (this.#over) return;
    if (!this.#upgraded) return this.#finish(1006, "");
    this.#sendQuietly({ opcode: opcodes.close, payload: closePayload(1000) });
    this.#closeTimer ??= setTimeout(() => this.#finish(1006, ""), closeLimitMs);
  }

  destroy(): void {
    this.#over = true;
    clearTimeout(this.#closeTimer);
    this.#line?.destroy();
  }

  #take(piece: Buffer): void {
    if (this.#upgraded) return this.#readFrames(piece);
    for (const part of this.#response.push(piece)) {
      if (part.kind === "head") this.#hold(part.head);
      if (part.kind === "upgraded") {
        this.#upgraded = true;
        if (!this.#sockJs) this.#listener.opened();
        this.#readFrames(part.rest);
      }
    }
  }

  #hold(head: ResponseHead): void {
    const { status, reason, headers } = head;
    this.#to.cookieJar?.take(setCookiesIn(head), new URL(this.#path, this.#to.target));
    if (status !== 101) return this.#finish(status, `HTTP ${status} ${reason}`.trim());
    const accept = createHash("sha1").update(`${this.#key}${acceptSuffix}`).digest("base64");
    if (headers["sec-websocket-accept"] !== accept) throw new Error("the target accepted another handshake");
  }

  #readFrames(piece: Buffer): void {
    for (const frame of this.#frames.push(piece)) {
      if (this.#over) return;
      this.#readFrame(frame);
    }
    if (!this.#over) this.#listener.heard();
  }

  #readFrame(frame: IncomingFrame): void {
    const { opcode, payload } = frame;
    switch (opcode) {
      case opcodes.ping:
        return this.#sendQuietly({ opcode: opcodes.pong, payload });
      case opcodes.pong:
        return;
      case opcodes.close:
        // Section 7.1.5: without a code it counts as 1005.
        if (!this.#closeSent) this.#sendQuietly({ opcode: opcodes.close, payload });
        return this.#finish(payload.length < 2 ? 1005 : payload.readUInt16BE(), String(payload.subarray(2)));
      default: {
        const message = this.#messages.push(frame);
        if (message === undefined) return;
        if (this.#sockJs) this.#readSockJs(String(message));
        else this.#listener.received(message);
      }
    }
  }

  #readSockJs(text: string): void {
    if (text === "") return;
    const frame = decodeSockJs(text);
    if (frame.kind === "open") this.#isOpen = true;
    if (!this.#isOpen && frame.kind !== "close") this.#listener.early(text);
    if (frame.kind === "open") this.#listener.opened();
    else if (frame.kind === "messages") this.#listener.received(Buffer.from(frame.messages.join("")));
    else if (frame.kind === "close") this.#finish(frame.code, frame.reason);
  }

  #sendQuietly(frame: OutgoingFrame): void {
    // If sending fails, the connection reports its end anyway.
    this.sendFrame(frame).catch(() => undefined);
  }

  #finish(code: number | null, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#closeTimer);
    this.#line?.end();
    this.#listener.closed(code, reason);
  }
}
