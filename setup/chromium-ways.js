import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { playwrightFolder } from "./playwright-chromiums.js";
import { onPath } from "./system-chromiums.js";

/** Playwright's download is about 180 MB. */
const DOWNLOAD_MS_MAX = 5 * 60_000;
/**
 * Playwright gives up a connection that is silent this long, and begins again four times. Its own 30 s would make it
 * 150 s where packets are dropped; on a slow network that works, silence of 10 s is rare, and costs one attempt.
 */
const SILENT_CONNECTION_MS = 10_000;
const UPDATE_MS_MAX = 2 * 60_000;
const APT_MS_MAX = 10 * 60_000;
/** A package manager that is killed half-way leaves its database in need of repair. */
const APT_GRACE_MS = 30_000;
const REASON_LENGTH_MAX = 200;

/** @typedef {import("./context.js").Context} Context */

/**
 * One way to come by a Chromium.
 * @typedef {object} Way
 * @property {string} name
 * @property {string} doing what is said when it begins
 * @property {(context: Context) => string | null} obstacle why it isn't open here
 * @property {(context: Context) => Promise<string | null>} install why it failed, or null
 */

/** @type {Way} */
export const playwrightDownload = {
  name: "Playwright's installer",
  doing: "downloading Playwright's own",
  obstacle({ project, env }) {
    if (playwrightFolder(project) === null) return "playwright-core is not installed";
    const isForbidden = !["", "0", "false"].includes(env["PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"] ?? "");
    return isForbidden ? "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD forbids the download" : null;
  },
  async install(context) {
    const cli = join(playwrightFolder(context.project) ?? "", "cli.js");
    // An installer that is ended leaves its half of a download behind, in a place that we can clear away.
    const scratch = mkdtempSync(join(tmpdir(), "hangup-setup-"));
    try {
      const ended = await context.run(
        process.execPath,
        [cli, "install", "--no-shell", "--no-remove", "chromium"],
        {
          cwd: context.project,
          env: {
            PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(SILENT_CONNECTION_MS),
            ...context.env,
            // Below this level the installer leaves out the lines that `isUnreachable` reads.
            npm_config_loglevel: "notice",
            TMPDIR: scratch,
            TEMP: scratch,
          },
          timeoutMs: DOWNLOAD_MS_MAX,
          hopeless: isUnreachable,
          signal: context.signal,
        },
      );
      return ended.ok ? null : `Playwright's download failed: ${gist(ended.output)} (${ended.how})`;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/** @type {Way} */
export const debianPackage = {
  name: "apt-get",
  doing: "installing Debian's package with apt-get",
  obstacle({ env, platform, isRoot }) {
    if (onPath("apt-get", env, platform).length === 0) return "there is no apt-get here";
    if (env["HANGUP_APT"] === "no") return "HANGUP_APT=no forbids apt-get";
    return isRoot ? null : "apt-get needs root";
  },
  async install(context) {
    /** @param {string[]} args @param {number} timeoutMs */
    const apt = (args, timeoutMs) =>
      context.run("apt-get", [...args, "-o", "DPkg::Lock::Timeout=60"], {
        env: { ...context.env, DEBIAN_FRONTEND: "noninteractive" },
        timeoutMs,
        graceMs: APT_GRACE_MS,
        signal: context.signal,
      });
    // One broken source of several fails the update, and the package may come from another: go on in any case.
    const update = await apt(["update"], UPDATE_MS_MAX);
    const ended = await apt(["install", "-y", "--no-install-recommends", "chromium"], APT_MS_MAX);
    if (ended.ok) return null;
    const updateNote = update.ok ? "" : `; apt-get update before it: ${gist(update.output)} (${update.how})`;
    return `apt-get install chromium failed: ${gist(ended.output)} (${ended.how})${updateNote}`;
  },
};

/**
 * A third attempt has begun and no part of the browser has come: its host can't be reached.
 * @param {string} output of Playwright's installer, which shows its progress in percent
 */
function isUnreachable(output) {
  return (output.match(/^Downloading /gm)?.length ?? 0) > 2 && !output.includes("% of ");
}

/**
 * The line of a command's output that says best what went wrong, fit to be shown in a report.
 * @param {string} output
 */
export function gist(output) {
  const lines = output
    .replace(/\u001b\[[0-9;]*m/g, "") // terminal colours
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const line = lines.find((line) => /^E: |\berror\b/i.test(line)) ?? lines.at(-1) ?? "it said nothing";
  return line
    .replace(/^(?:E|Error): /, "")
    .replace(/\/\/[^/@\s]*@/g, "//") // a user and password in an address
    .slice(0, REASON_LENGTH_MAX);
}
