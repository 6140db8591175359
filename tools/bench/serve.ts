/** Serves one of the bench's servers until SIGTERM: its name, then the options of `hangup serve`. */
import { once } from "node:events";
import { Argument, Command } from "commander";
import { addServerOptions, serverOptions } from "../../cli/target/serve-options.ts";
import { defaultComponents } from "../../reference-server/components.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { servers, type BenchServerName } from "./servers.ts";

const command = new Command("serve").addArgument(new Argument("<server>").choices(Object.keys(servers)));
addServerOptions(command);
command.action(async (name: BenchServerName, options: Record<string, unknown>) => {
  const replaced = servers[name].mutate(defaultComponents);
  const server = await startReferenceServer(serverOptions(options), replaced);
  await once(process, "SIGTERM");
  await server.stop();
});
await command.parseAsync();
