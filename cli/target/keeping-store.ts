import { join } from "node:path";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** Process of the reference server. */
export type ServerProcess = Omit<TargetInstance, "start">;

/**
 * Starts a reference server for one case. It stores its mappings in its own file, so that it can be killed and find
 * them after a restart.
 * @param serve starts a process with these arguments on this port; port 0 means a free one
 */
export async function startKeepingStore(
  serve: (storeArguments: readonly string[], port: string) => Promise<ServerProcess>,
): Promise<TargetInstance> {
  const folder = await makeTemporaryFolder();
  // After a restart, clients need time to come back before the server reports the missing ones, also on a
  // busy machine.
  const store = ["--store", join(folder.path, "mappings.db"), "--reconcile-after-ms", "3000"];
  let latest = serve(store, "0");
  const end = async () => {
    // A server that did not start needs no disposal.
    await latest.then((server) => server.dispose()).catch(() => undefined);
    await folder.remove();
  };
  const { url } = await latest.catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    url,
    stop: async () => (await latest).stop(),
    kill: async () => (await latest).kill(),
    start: async () => {
      latest = serve(store, url.port);
      await latest;
    },
    dispose: end,
  };
}
