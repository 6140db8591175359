import fc from "fast-check";

/** Number of clients. Each may leave and return with a new session. */
export const clientCount = 4;

/** Actions of a client. A repeated entry is drawn more often. A client without a session opens one instead. */
const actions = [
  "connect",
  ...["subscribe", "subscribe", "subscribe"],
  ...["identify", "identify", "identify", "identify", "identify", "identify"],
  ...["beat", "beat", "beat"],
  ...["unsubscribe", "unsubscribe"],
  ...["malformed-identify", "begin-frame", "ask-roster", "nonsense"],
  ...["disconnect", "close", "lose"],
] as const;
export type Action = (typeof actions)[number];

const waits = [0, 0, 0, 0, 1, 7, 40, 90] as const;
const linkDelays = [0, 0, 0, 12] as const;
const storeDelays = [0, 0, 5, 60] as const;
const names = ["A", "B"] as const;
/** `heart-beat` headers of CONNECT. */
const heartBeats = ["0,0", "100,0", "250,100", "50,300"] as const;

/** Content of a client's message. */
export interface Content {
  readonly action: Action;
  readonly name: (typeof names)[number];
  readonly heartBeat: (typeof heartBeats)[number];
  readonly receipt: boolean;
}

/** One step of a history. Times are virtual milliseconds. */
export interface Command {
  /** Code of the content to send. */
  readonly contentCode: number;
  readonly action: Action;
  readonly client: number;
  /** Wait before the command. */
  readonly waitMs: number;
  /** Travel time to the server. */
  readonly linkDelayMs: number;
  /** Duration of every store operation from here on. */
  readonly storeDelayMs: number;
  /** True if the next store operation fails. */
  readonly storeFails: boolean;
}

const contentCount = actions.length * names.length * heartBeats.length * 2;
const storeFailsOnceIn = 64;

/** Number of command codes. Commands are drawn as whole numbers: this allows thousands of histories per second. */
const codeCount =
  contentCount * clientCount * waits.length * linkDelays.length * storeDelays.length * storeFailsOnceIn;

export function decode(code: number): Command {
  const digits = new Digits(code);
  const contentCode = digits.next(contentCount);
  return {
    contentCode,
    action: actions[contentCode % actions.length] ?? "beat",
    client: digits.next(clientCount),
    waitMs: digits.oneOf(waits),
    linkDelayMs: digits.oneOf(linkDelays),
    storeDelayMs: digits.oneOf(storeDelays),
    storeFails: digits.next(storeFailsOnceIn) === 1,
  };
}

export function decodeContent(contentCode: number): Content {
  const digits = new Digits(contentCode);
  return {
    action: digits.oneOf(actions),
    name: digits.oneOf(names),
    heartBeat: digits.oneOf(heartBeats),
    receipt: digits.next(2) === 1,
  };
}

/** Splits a number into digits, each with its own base. */
class Digits {
  private rest: number;

  constructor(code: number) {
    this.rest = code;
  }

  next(base: number): number {
    const digit = this.rest % base;
    this.rest = Math.floor(this.rest / base);
    return digit;
  }

  oneOf<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.next(choices.length)] ?? choices[0];
  }
}

/** Histories of 18 to 28 commands. */
export const commandCodes: fc.Arbitrary<number[]> = fc.array(fc.nat(codeCount - 1), {
  minLength: 18,
  maxLength: 28,
  size: "max",
});

/** Returns a command in words, for counterexamples. */
export function describeCommand({ contentCode, client, waitMs, ...rest }: Command): string {
  const { action, ...content } = decodeContent(contentCode);
  return `after ${waitMs} ms, client ${client}: ${action} ${JSON.stringify({ ...content, ...rest, action: undefined })}`;
}
