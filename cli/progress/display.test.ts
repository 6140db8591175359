import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fails, passes, recordOf } from "../../testing/cli/mutants.ts";
import type { ProgressStream } from "../output/terminal-width.ts";
import { startDisplay } from "./display.ts";
import type { ExpectedCase } from "./expected-cases.ts";
import { RunTracker } from "./run-tracker.ts";
import { aboutTime } from "./words.ts";

/** A stream that keeps what is written to it. */
class Written extends Writable {
  text = "";
  readonly columns = 80;
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

const ids = Array.from({ length: 97 }, (_, place) => `case/${place}`);

const expected = ids.map((id): ExpectedCase => ({
  id,
  scenario: "case",
  phase: 0,
  waitsLong: false,
  expectedMs: 10_000,
  failingMs: 40_000,
}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Plays cases of 10 s one after the other. */
function play(stream: ProgressStream, number: number): ReturnType<typeof startDisplay> {
  const tracker = new RunTracker(expected, 1, () => performance.now());
  const display = startDisplay(tracker, stream);
  for (const [place, id] of ids.slice(0, number).entries()) {
    const end = tracker.begin(id);
    vi.advanceTimersByTime(10_000);
    end();
    tracker.decided(recordOf(id, { A: place % 2 === 0 ? passes : fails }));
    display.update();
  }
  return display;
}

test("outside a terminal: a line now and then, ever more seldom, at most 80 columns, no control characters", () => {
  const stream = new Written(false);
  const display = play(stream, 60);
  display.tell("4 cases run once more, because they failed: about 40 s. ".repeat(3).trim());
  display.stop();
  const lines = stream.text.trimEnd().split("\n");
  expect(lines[0]).toBe("after 10 s: 1/97 cases, 1 passed; about 16 min left");
  expect(lines.filter((line) => line.startsWith("after")).length).toBeLessThan(25);
  expect(lines.find((line) => line.includes(" 60/"))).toBeUndefined();
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);

  expect(stream.text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
  expect(stream.text).not.toContain("case/");
});

test("on a terminal: counts, the remaining time and the longest case, drawn again in place", () => {
  vi.stubEnv("CI", "");
  const stream = new Written(true);
  const tracker = new RunTracker(expected, 1, () => performance.now());
  const display = startDisplay(tracker, stream);
  tracker.begin("case/0");
  vi.advanceTimersByTime(12_000);
  const drawn = stream.text;
  display.stop();
  expect(drawn).toContain("0/97 cases");
  expect(drawn).toContain("longest now: case/0, for 12 s");
  expect(drawn).toMatch(/about \d+ min left/);
});

test("in CI a terminal gets plain lines as well", () => {
  vi.stubEnv("CI", "true");
  const stream = new Written(true);
  play(stream, 1).stop();
  expect(stream.text).toBe("after 10 s: 1/97 cases, 1 passed; about 16 min left\n");
});

test.each([
  [0, "less than 10 s"],
  [9_999, "less than 10 s"],
  [10_000, "about 10 s"],
  [54_999, "about 50 s"],
  [55_000, "about 1 min"],
  [150_000, "about 3 min"],
])("%i ms: %s", (ms, words) => {
  expect(aboutTime(ms)).toBe(words);
});
