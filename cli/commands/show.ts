import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../exit.ts";

/** What opens a file as its owner would, by platform. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};
const otherwise = ["xdg-open"] as const;

/**
 * `hangup show`: opens a run's HTML report, and says where it is.
 * @throws UsageError where there is none
 */
export async function show(folder: string): Promise<void> {
  const file = join(folder, "report.html");
  try {
    await access(file);
  } catch {
    throw new UsageError(
      `show: there is no ${file}; \`hangup run\` writes it, and \`hangup recheck ${folder} --out ${folder}\` makes it anew`,
    );
  }
  const address = pathToFileURL(file).href;
  console.log(address);
  const [command, ...args] = openers[process.platform] ?? otherwise;
  const opener = spawn(command, [...args, address], { detached: true, stdio: "ignore" });
  // Without a desktop the address is all there is to give.
  opener.on("error", () => undefined);
  opener.unref();
  await new Promise((resolve) => opener.once("spawn", resolve).once("error", resolve));
}
