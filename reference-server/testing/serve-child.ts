import type { ReferenceServerOptions } from "../options.ts";
import { startReferenceServer } from "../server.ts";

/** A server in a process of its own, to be killed. Takes its options as JSON, says its address on standard output. */
const { url } = await startReferenceServer(
  JSON.parse(process.argv[2] ?? "{}") as Partial<ReferenceServerOptions>,
);
process.stdout.write(url);
