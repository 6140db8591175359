import fc from "fast-check";

/** How many clients take part. Each may end and come back, as a new session. */
export const clientCount = 4;

/** What a client may do next, each as often as it stands here. Without a session it opens one instead. */
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
/** What a client's CONNECT says of heartbeats. */
const heartBeats = ["0,0", "100,0", "250,100", "50,300"] as const;

/** What a client sends. */
export interface Content {
  readonly action: Action;
  readonly name: (typeof names)[number];
  readonly heartBeat: (typeof heartBeats)[number];
  readonly receipt: boolean;
}

/** One thing that happens. Times are virtual milliseconds. */
export interface Command {
  /** The number that stands for what is sent. */
  readonly contentCode: number;
  readonly action: Action;
  readonly client: number;
  /** Before it. */
  readonly waitMs: number;
  /** On its way to the server. */
  readonly linkDelayMs: number;
  /** What the store takes for whatever is asked of it from here on. */
  readonly storeDelayMs: number;
  /** Whether the store fails at what is asked of it next. */
  readonly storeFails: boolean;
}

const contentCount = actions.length * names.length * heartBeats.length * 2;
const storeFailsOnceIn = 64;

/** Commands are drawn as whole numbers below this one, which is what makes thousands of histories a second possible. */
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

/** Takes a number apart, digit by digit, each digit to a base of its own. */
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

/** A command in words, for counterexamples. */
export function describeCommand({ contentCode, client, waitMs, ...rest }: Command): string {
  const { action, ...content } = decodeContent(contentCode);
  return `after ${waitMs} ms, client ${client}: ${action} ${JSON.stringify({ ...content, ...rest, action: undefined })}`;
}
