import { onTestFinished } from "vitest";
import type { ServerComponents } from "../components.ts";
import type { ReferenceServerOptions } from "../options.ts";
import { startReferenceServer } from "../server.ts";

/** Starts a server with a short linger time, and stops it after the test. Returns its URL. */
export async function serve(
  options: Partial<ReferenceServerOptions> = {},
  replaced: Partial<ServerComponents> = {},
): Promise<string> {
  const server = await startReferenceServer({ lingerMs: 100, ...options }, replaced);
  onTestFinished(() => server.stop());
  return server.url;
}
