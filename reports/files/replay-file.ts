import * as z from "zod";
import { plain } from "../words/text.ts";

/** Content of a counterexample file: the plan, independent of the target, and the failed checks. */
export interface Replay {
  readonly schemaVersion: 1;
  /** Id of the property's scenario. */
  readonly property: string;
  /** Seed of the run. With the number of the history, it identifies the history before shrinking. */
  readonly seed: number;
  readonly history: number;
  /** Plan as plain data. The property parses it. */
  readonly plan: unknown;
  readonly failed: readonly {
    readonly requirement: string;
    readonly check: string;
    readonly expected: string;
    readonly actual: string;
  }[];
}

const replay = z.strictObject({
  schemaVersion: z.literal(1),
  property: z.string().min(1),
  seed: z.int().nonnegative(),
  history: z.int().nonnegative(),
  plan: z.record(z.string(), z.unknown()),
  failed: z.array(
    z.strictObject({
      requirement: z.string(),
      check: z.string(),
      expected: z.string(),
      actual: z.string(),
    }),
  ),
});

/** Renders a counterexample as the text of its file, which users may edit. */
export const writeReplay = (content: Replay): string => `${JSON.stringify(content, null, 2)}\n`;

/**
 * Reads a counterexample file.
 * @param where name of the file for messages
 * @throws Error that says in one line what is wrong
 */
export function readReplay(text: string, where: string): Replay {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${where} is no counterexample: ${plain(why)}`);
  }
  const parsed = replay.safeParse(content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const what =
    first === undefined
      ? ""
      : `: ${[...first.path.map(String), first.message].map((part) => plain(part)).join(": ")}`;
  throw new Error(`${where} is no counterexample of this version${what}`);
}
