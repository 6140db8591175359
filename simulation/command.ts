import fc from "fast-check";

/** How many clients take part. Each may end and come back, as a new session. */
export const clientCount = 4;

/** What a client may do next. What can't be done at the moment opens a session, or connects it, instead. */
const actions = [
  "connect",
  "subscribe",
  "subscribe",
  "identify",
  "identify",
  "identify",
  "beat",
  "beat",
  "unsubscribe",
  "disconnect",
  "close",
  "lose",
  "begin-frame",
  "nonsense",
  "malformed-identify",
  "ask-roster",
] as const;
export type Action = (typeof actions)[number];

const waits = [0, 0, 0, 0, 1, 7, 40, 90] as const;
const linkDelays = [0, 0, 0, 12] as const;
const storeDelays = [0, 0, 5, 60] as const;
const names = ["A", "B"] as const;
/** What a client's CONNECT says of heartbeats. */
const heartBeats = ["0,0", "100,0", "250,100", "50,300"] as const;

/** One thing that happens. Times are virtual milliseconds. */
export interface Command {
  readonly client: number;
  readonly action: Action;
  /** Before it. */
  readonly waitMs: number;
  /** On its way to the server. */
  readonly linkDelayMs: number;
  /** What the store takes for whatever is asked of it from here on. */
  readonly storeDelayMs: number;
  /** Whether the store fails at what is asked of it next. */
  readonly storeFails: boolean;
  readonly name: (typeof names)[number];
  readonly heartBeat: (typeof heartBeats)[number];
  readonly receipt: boolean;
}

/** Commands are drawn as whole numbers, which is what makes thousands of histories a second possible. */
const codeBits = 22;

export function decode(code: number): Command {
  let rest = code;
  const take = (choices: number): number => {
    const taken = rest % choices;
    rest = Math.floor(rest / choices);
    return taken;
  };
  const pick = <T>(from: readonly [T, ...T[]]): T => from[take(from.length)] ?? from[0];
  return {
    client: take(clientCount),
    action: pick(actions),
    waitMs: pick(waits),
    linkDelayMs: pick(linkDelays),
    storeDelayMs: pick(storeDelays),
    storeFails: take(64) === 63,
    name: pick(names),
    heartBeat: pick(heartBeats),
    receipt: take(2) === 1,
  };
}

/** Histories of 24 to 40 commands. */
export const commandCodes: fc.Arbitrary<number[]> = fc.array(fc.nat(2 ** codeBits - 1), {
  minLength: 24,
  maxLength: 40,
  size: "max",
});

/** A command in words, for counterexamples. */
export function describeCommand(command: Command): string {
  const { client, action, waitMs, linkDelayMs, storeDelayMs, storeFails, name, heartBeat, receipt } = command;
  const details = { name, heartBeat, receipt, linkDelayMs, storeDelayMs, storeFails };
  return `after ${waitMs} ms, client ${client}: ${action} ${JSON.stringify(details)}`;
}
