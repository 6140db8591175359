import { Command } from "commander";
import { expect, test } from "vitest";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";
import { serveFlags } from "./serve-flags.ts";
import { addServerOptions, serverOptions } from "./serve-options.ts";

/** What `hangup serve` makes of the arguments. */
function served(args: readonly string[]): Partial<ReferenceServerOptions> {
  const command = new Command().exitOverride();
  addServerOptions(command);
  command.parse(args, { from: "user" });
  return serverOptions(command.opts());
}

test.each<Partial<ReferenceServerOptions>>([
  { policy: "person" },
  { disconnectDelayMs: 1500, heartbeatSendMs: 0, reconcile: "silent" },
  { probe: true, origins: ["http://a.example", "http://b.example"], store: "/tmp/a store" },
])("%j comes to the server as it is", (options) => {
  expect(serveFlags(options)).not.toEqual([]);
  expect(served(serveFlags(options))).toEqual({ ...served([]), ...options });
});

test("what is off has no flag", () => {
  expect(serveFlags({ probe: false, log: () => undefined })).toEqual([]);
});
