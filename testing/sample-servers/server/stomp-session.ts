import type { Application, End, Headers, Session } from "./application.ts";

/** What carries one client's frames. */
export interface Channel {
  /** Fails where the connection has ended. */
  readonly write: (text: string) => Promise<void>;
  /** Closes it, after what was written. */
  readonly close: (code: 1000 | 1002) => void;
  /** Ends it at once. */
  readonly end: () => void;
}

/** Which frames get the RECEIPT that they ask for. A broker that knows none still acknowledges a DISCONNECT. */
export type Receipts = "all" | "disconnect";

/** What all sessions of a server share. */
export interface Surroundings {
  readonly application: Application;
  readonly receipts: Receipts;
  /** Whether heartbeats are granted, either way. */
  readonly heartbeats: boolean;
  /** How long after a DISCONNECT it closes the connection by itself, in milliseconds; undefined where it leaves that to the client. */
  readonly closesAfterMs: number | undefined;
  /** Those that have connected and not ended. */
  readonly sessions: Set<ShapeSession>;
}

const versions = ["1.0", "1.1", "1.2"];

/** The shortest heartbeat period that is granted, either way, in milliseconds. */
const heartbeatMs = 100;

/** After how many periods of silence a client is given up; profiles allow three. */
const silenceIntervals = 2;

/** One client of a small server: speaks STOMP with it, and tells the application what it does. */
export class ShapeSession implements Session {
  readonly id: string;
  readonly url: URL;
  readonly cookie: string;
  headers: Headers = {};
  user: string | undefined;
  readonly #channel: Channel;
  readonly #around: Surroundings;
  /** By the client's own id: the destination. */
  readonly #subscriptions = new Map<string, string>();
  #connected = false;
  #over = false;
  #beating: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(channel: Channel, address: string, cookie: string, around: Surroundings) {
    this.url = new URL(address, "http://localhost");
    this.id = this.url.pathname.split("/").at(-2) ?? "";
    this.cookie = cookie;
    this.#channel = channel;
    this.#around = around;
  }

  /** A message arrived: a frame, or a heartbeat. */
  read(text: string): void {
    this.#silence?.refresh();
    const [, command, head = "", body = ""] = /^([A-Z]+)\n((?:.+\n)*)\n([^]*)\0\n*$/.exec(text) ?? [];
    if (command === undefined || this.#over) return;
    const lines = head.split("\n");
    const headers: Headers = Object.fromEntries(
      lines.map((line) => [line.replace(/:.*/s, ""), line.replace(/^[^:]*:/, "")]),
    );
    this.#take(command, isConnect(command) ? headers : unescaped(headers), body);
    const { receipt } = headers;
    if (receipt !== undefined && (this.#around.receipts === "all" || command === "DISCONNECT"))
      this.#write(`RECEIPT\nreceipt-id:${receipt}\n\n\0`);
    if (command === "DISCONNECT") this.#closeLater();
  }

  async tell(destination: string, body: string): Promise<void> {
    if (this.#over) throw new Error("the session is over");
    const wanted = [...this.#subscriptions].filter(([, one]) => one === destination);
    await Promise.all(
      wanted.map(([subscription]) => {
        const head = `destination:${destination}\nsubscription:${subscription}\nmessage-id:1\n`;
        return this.#channel.write(`MESSAGE\n${head}\n${body}\0`);
      }),
    );
  }

  /** It is over. The first to say so is heard. */
  end(how: End): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#beating);
    clearTimeout(this.#silence);
    const { sessions, application } = this.#around;
    if (sessions.delete(this)) application.end?.(this, how);
  }

  drop(): void {
    this.end("lost");
    this.#channel.end();
  }

  #take(command: string, headers: Headers, body: string): void {
    const { application } = this.#around;
    if (isConnect(command) === this.#connected)
      return this.#refuse(`${command} ${isConnect(command) ? "once more" : "before CONNECT"}`);
    switch (command) {
      case "CONNECT":
      case "STOMP":
        return this.#connect(headers);
      case "SUBSCRIBE":
        this.#subscriptions.set(headers["id"] ?? "", headers["destination"] ?? "");
        return application.subscribe?.(this, headers);
      case "UNSUBSCRIBE":
        this.#subscriptions.delete(headers["id"] ?? "");
        return;
      case "SEND":
        try {
          return application.send?.(this, headers["destination"] ?? "", body);
        } catch {
          // The application could not read it; that is no error of the protocol's.
          return;
        }
      case "DISCONNECT":
        return this.end("disconnect");
      default:
        return this.#refuse(`${command} is unknown`);
    }
  }

  /** To a client that is gone it writes in vain. */
  #write(text: string): void {
    this.#channel.write(text).catch(() => undefined);
  }

  #closeLater(): void {
    const { closesAfterMs } = this.#around;
    if (closesAfterMs === 0) this.#channel.close(1000);
    else if (closesAfterMs !== undefined) setTimeout(() => this.#channel.close(1000), closesAfterMs);
  }

  #refuse(message: string): void {
    this.#write(`ERROR\nmessage:${message}\n\n\0`);
    this.end("lost");
    this.#channel.close(1002);
  }

  #connect(headers: Headers): void {
    const { sessions, application, heartbeats } = this.#around;
    const offered = (headers["accept-version"] ?? "1.0").split(",");
    const version = versions.findLast((one) => offered.includes(one));
    if (version === undefined) return this.#refuse("no version in common");
    this.#connected = true;
    this.headers = headers;
    sessions.add(this);
    const grantedMs = heartbeats ? heartbeatMs : 0;
    const answered = this.#channel.write(
      `CONNECTED\nversion:${version}\nheart-beat:${grantedMs},${grantedMs}\n\n\0`,
    );
    const [sends = 0, wants = 0] = (heartbeats ? (headers["heart-beat"] ?? "0,0") : "0,0")
      .split(",")
      .map(Number);
    // No client beats before it has the answer.
    const listen = () => {
      if (sends > 0 && !this.#over)
        this.#silence = setTimeout(() => this.drop(), silenceIntervals * periodOf(sends));
    };
    answered.then(listen, listen);
    if (wants > 0) this.#beating = setInterval(() => this.#write("\n"), 0.8 * periodOf(wants));
    application.connect?.(this);
  }
}

const isConnect = (command: string): boolean => command === "CONNECT" || command === "STOMP";

const escapes: Readonly<Record<string, string>> = { "\\r": "\r", "\\n": "\n", "\\c": ":", "\\\\": "\\" };

/** STOMP 1.2, “Value Encoding”. */
const unescaped = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/\\./g, (escape) => escapes[escape] ?? escape),
    ]),
  );

const periodOf = (offeredMs: number): number => Math.max(offeredMs, heartbeatMs);
