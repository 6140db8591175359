import { spawnSync } from "node:child_process";
import process from "node:process";
import { findChromium, onPath, readNote, whyNoChromium, writeNote } from "./find-chromium.js";
import { run, say } from "./run.js";

const { env, platform } = process;
const NOTHING_USABLE = "it installed no Chromium that starts";

/** Returns true if setup has nothing to do: a known Chromium starts, or none is found and an earlier installation failed. */
export function isChromiumSettled() {
  const found = findChromium(); // This call also reports a wrong HANGUP_CHROMIUM.
  if ((env["HANGUP_CHROMIUM"] ?? "") !== "") return true;
  const { starts, failure } = readNote();
  return found === null ? failure !== undefined : found === starts;
}

/**
 * Looks for a Chromium that starts, or else installs one. When that fails, it notes the reason, so that the next run does
 * not try again. It returns all the same, since hangup runs without a browser, too.
 * @param {string} project folder of package.json
 */
export async function installChromium(project) {
  if (hasChromium()) return;
  /** @type {string[]} */
  const reasons = [];
  for (const install of [playwrightInstaller, aptGet]) {
    const reason = await install(project);
    if (hasChromium()) return;
    reasons.push(reason);
  }
  const { broken } = readNote();
  reasons.push(...broken.map((path) => `${path} does not start`));
  writeNote({ broken, failure: `on ${new Date().toISOString().slice(0, 10)}: ${reasons.join("; ")}` });
  say(`${whyNoChromium()}. The run continues and skips the browser cases.`);
}

/** Starts each Chromium that is found, until one prints its version. Some lack libraries in a slim container image. */
function hasChromium() {
  const { broken } = readNote();
  for (let found = findChromium(); found !== null && !broken.includes(found); found = findChromium()) {
    const failure = startFailure(found);
    if (failure === null) {
      writeNote({ starts: found, broken });
      return true;
    }
    say(`${found} does not start, so hangup does not use it: ${failure}`);
    broken.push(found);
    writeNote({ broken });
  }
  return false;
}

/** @param {string} chromium */
function startFailure(chromium) {
  if (platform === "win32") return null; // The option would open a window there.
  const { status, error, stderr } = spawnSync(chromium, ["--version"], { encoding: "utf8", timeout: 30_000 });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/**
 * @param {string} project
 * @returns {Promise<string>} the reason, should there be no Chromium afterwards
 */
async function playwrightInstaller(project) {
  const isForbidden = !["", "0", "false"].includes(env["PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"] ?? "");
  if (isForbidden) return "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD forbids the download";
  say("no Chromium found; downloading one with Playwright's installer ...");
  const cli = `${project}/node_modules/playwright/cli.js`;
  const args = [cli, "install", "--no-shell", "--no-remove", "chromium"];
  // Playwright's default is 30 s, five times: long where a firewall drops packets.
  const options = { cwd: project, env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000", ...env } };
  // The lines that are left out are stack traces.
  const failure = await run(process.execPath, args, options, /^(Downloading|Error)|% of /);
  return `Playwright's installer: ${failure ?? NOTHING_USABLE}`;
}

/** @returns {Promise<string>} the reason, should there be no Chromium afterwards */
async function aptGet() {
  if (onPath("apt-get").length === 0) return "there is no apt-get";
  if (env["HANGUP_APT"] === "no") return "HANGUP_APT=no forbids apt-get";
  if (process.getuid?.() !== 0) return "apt-get needs root";
  say("no Chromium found; installing Debian's package with apt-get ...");
  const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
  const wait = ["-o", "DPkg::Lock::Timeout=60"];
  // The update fails when one of several sources is broken. Another source may have the package.
  await run("apt-get", ["update", ...wait], options);
  const failure = await run(
    "apt-get",
    ["install", "-y", "--no-install-recommends", "chromium", ...wait],
    options,
  );
  return `apt-get install chromium: ${failure ?? NOTHING_USABLE}`;
}
