import type { Command } from "commander";
import { addExamples, type DefineCommand } from "../command.ts";
import type { DoctorOptions } from "../diagnosis/doctor.ts";
import { positiveInteger } from "../option-values.ts";

export const define: DefineCommand = (command, setExitCode) => {
  addHintOptions(
    command.description("Examines a server. Prints what it found, what is missing, and a profile."),
  );
  command
    .option("--session-id <expression>", "page's expression for its session id, to be tried")
    .option("--json", "all findings as JSON");
  addExamples(command, {
    "hangup doctor --url http://localhost:8080/ws": "examine the server at this address",
    "hangup doctor --url ws://localhost:8080/ws --topic /topic/presence": "look for notices there",
    "hangup doctor --session-id 'socket._transport.url.split(\"/\")[5]'":
      "try a page's way to its session id",
  });
  command.action(async (options: DoctorOptions & { readonly json?: boolean }) => {
    const { doctor } = await import("../diagnosis/doctor.ts");
    setExitCode(await doctor(options));
  });
};

/** Adds the options with which `doctor` and `init` take known facts about a server. */
export function addHintOptions(command: Command): void {
  command
    .option("--url <url>", "address of the SockJS or WebSocket endpoint")
    .option("--profile <file>", "known part of the profile (default: hangup.config.*)")
    .option("--topic <destination...>", "destinations of join and leave notices")
    .option("--identify <destination>", "destination of a client's identify message")
    .option("--body <text>", "body of that message, with {client} and {sessionId}")
    .option("--patience <seconds>", "time to wait for slow notices", positiveInteger, 9);
}
