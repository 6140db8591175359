import { Worker } from "node:worker_threads";
import { messageOf } from "../../harness/util/words.ts";
import type { PageSocket } from "./page-sockets.ts";

/** Value of an expression on one socket. */
export type Evaluated =
  | { readonly kind: "text"; readonly text: string }
  /** `name` is the type of another value, or `null`. */
  | { readonly kind: "other"; readonly name: string }
  | { readonly kind: "error"; readonly message: string };

/** Time limit for one evaluation, in milliseconds. */
const timeoutMs = 100;

/** Time limit for the thread beyond its evaluations, in milliseconds. It has to start. */
const threadLimitMs = 5_000;

/**
 * Evaluates a page's expression on each socket, in a thread with a memory limit, and there in a context without Node. The names
 * `socket` and `stompClient` are defined. Never rejects, and never blocks the caller.
 */
export async function evaluateOn(
  expression: string,
  sockets: readonly (PageSocket | undefined)[],
): Promise<Evaluated[]> {
  const texts = sockets.map((socket) => (socket === undefined ? "undefined" : JSON.stringify(socket)));
  const same = (message: string) => sockets.map((): Evaluated => ({ kind: "error", message }));
  const thread = new Worker(new URL("sandbox-thread.js", import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8 },
  });
  let expiry: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Evaluated[]>((resolve) => {
      thread.once("message", (results: readonly string[]) => resolve(results.map(read)));
      thread.once("error", (error) => resolve(same(messageOf(error))));
      thread.once("exit", () => resolve(same("the expression ended its own evaluation")));
      const limitMs = threadLimitMs + sockets.length * timeoutMs;
      thread.postMessage({ expression, sockets: texts, timeoutMs });
      expiry = setTimeout(() => resolve(same("the expression did not end")), limitMs);
    });
  } finally {
    clearTimeout(expiry);
    await thread.terminate();
  }
}

/** Reads a result of the thread: one letter for the kind, and the text. */
function read(result: string): Evaluated {
  const text = result.slice(1);
  if (result.startsWith("s")) return { kind: "text", text };
  if (result.startsWith("o")) return { kind: "other", name: text };
  return { kind: "error", message: text };
}
