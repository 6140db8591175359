import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { RightServer } from "../../testing/sample-servers/sample-server.ts";
import { startServer } from "../../testing/sample-servers/server/start-server.ts";
import { readRecord } from "../../cli/records/read-record.ts";
import type { SampleSetting } from "./settings.ts";

export interface SampleResult {
  readonly exitCode: number | null;
  /** Undefined if the run wrote no record. */
  readonly record: RunRecord | undefined;
  /** Standard error of the run. */
  readonly said: string;
}

/** Heartbeat interval that a sample's clients offer, in milliseconds. It keeps silent drops short. */
const clientHeartbeatMs = 500;
/** Deadline of a silent drop. */
const silentWithin = "3s";

/** Starts the sample in this process and runs `hangup run` on it in another process. */
export async function runOnSample(
  { server, profile, application }: RightServer,
  { deflate, closes, heartbeats, workers, tier }: SampleSetting,
  { out, grep }: { readonly out: string; readonly grep?: string | undefined },
): Promise<SampleResult> {
  const hasHeartbeats = heartbeats === "on";
  const { url, close } = await startServer(application, {
    ...server,
    deflate: deflate === "on",
    ...(hasHeartbeats ? {} : { heartbeats: { answer: [0, 0] } }),
    closesAfterMs: closes === "never" ? undefined : Number(closes),
  });
  try {
    const file = join(out, "profile.json");
    const given = { ...profile, url: url.href, clientHeartbeatMs };
    await writeFile(file, JSON.stringify(hasHeartbeats ? given : { ...given, heartbeatMs: 0 }));
    const { exitCode, said } = await hangup([
      ...["run", "--profile", file, "--out", out, "--browser", "none", "--reporter", "markdown"],
      ...["--workers", workers, "--tier", tier, "--silent-within", silentWithin],
      ...(grep === undefined ? [] : ["--grep", grep]),
    ]);
    return { exitCode, said, record: await readRecord(out).catch(() => undefined) };
  } finally {
    await close();
  }
}

async function hangup(args: readonly string[]): Promise<Pick<SampleResult, "exitCode" | "said">> {
  const bin = fileURLToPath(new URL("../../cli/bin.js", import.meta.url));
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += String(text)));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, said };
}

/** Returns a line for each verdict that is not a pass. */
export function findingsIn({ cases }: RunRecord): string[] {
  return cases.flatMap(({ id, lagMaxMs, verdicts }) =>
    verdicts.flatMap((verdict) => {
      const { kind, requirement, check, attempts, failedAttempts } = verdict;
      if (kind !== "fail" && kind !== "inconclusive") return [];
      const why = kind === "fail" ? verdict.actual : verdict.reason;
      const often = `${failedAttempts}/${attempts}, lag ${Math.round(lagMaxMs)} ms`;
      return [`${kind} ${requirement} ${check} ${id} (${often}): ${why}`];
    }),
  );
}

/** Returns the failed requirements and checks. */
export const failingIn = ({ cases }: RunRecord): string[] =>
  [
    ...new Set(
      cases.flatMap(({ verdicts }) =>
        verdicts.flatMap(({ kind, requirement, check }) =>
          kind === "fail" ? [`${requirement} ${check}`] : [],
        ),
      ),
    ),
  ].sort();

/** Returns all results that a right server must not get. Without heartbeats, silent drops can't be noticed. */
export function wrongIn({ exitCode, record, said }: SampleResult, { heartbeats }: SampleSetting): string[] {
  if (record === undefined) return [`exit ${String(exitCode)} without a record: ${said.trim()}`];
  const silentDrop = heartbeats === "off" ? "fail LEAVE-ON-SILENT-DROP " : undefined;
  const wrong = findingsIn(record).filter((line) => silentDrop === undefined || !line.startsWith(silentDrop));
  const dropFails = failingIn(record).some((one) => one.startsWith("LEAVE-ON-SILENT-DROP "));
  const expected = dropFails && silentDrop !== undefined ? 1 : 0;
  return wrong.length === 0 && exitCode !== expected ? [`exit ${String(exitCode)}`] : wrong;
}
