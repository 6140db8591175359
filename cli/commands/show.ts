import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { addExamples, type DefineCommand } from "../command.ts";
import { UsageError } from "../exit.ts";

/** Command that opens a file in its usual program, by platform. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};
const otherwise = ["xdg-open"] as const;

export const define: DefineCommand = (command) => {
  command
    .description("Opens the HTML report of a run in a browser, and prints its address.")
    .argument("[dir]", "folder of the run", "hangup-report");
  addExamples(command, { "hangup show": "open hangup-report/report.html" });
  command.action(show);
};

/** @throws UsageError if the folder holds no report */
async function show(folder: string): Promise<void> {
  const file = join(folder, "report.html");
  try {
    await access(file);
  } catch {
    throw new UsageError(
      `show: ${file} does not exist. \`hangup run\` writes it; \`hangup recheck ${folder} --out ${folder}\` writes it again.`,
    );
  }
  const address = pathToFileURL(file).href;
  console.log(address);
  const [command, ...args] = openers[process.platform] ?? otherwise;
  const opener = spawn(command, [...args, address], { detached: true, stdio: "ignore" });
  // Without a desktop, the printed address is enough.
  opener.on("error", () => undefined);
  opener.unref();
  await new Promise((resolve) => opener.once("spawn", resolve).once("error", resolve));
}
