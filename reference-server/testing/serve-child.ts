import type { ReferenceServerOptions } from "../options.ts";
import { startReferenceServer } from "../server.ts";

/** Server in its own process, for tests that kill it. Reads its options as JSON, prints its URL. */
const { url } = await startReferenceServer(
  JSON.parse(process.argv[2] ?? "{}") as Partial<ReferenceServerOptions>,
);
process.stdout.write(url);
