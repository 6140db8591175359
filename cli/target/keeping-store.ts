import { join } from "node:path";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** One process of the reference server, for as long as that lives. */
export type ServerProcess = Omit<TargetInstance, "start">;

/**
 * Starts a reference server for one case alone. It keeps its mappings in a file of its own, so that it can be killed and
 * find them when it is started again.
 * @param serve starts a process of it with these arguments, on this port, 0 for a free one
 */
export async function startKeepingStore(
  serve: (storeArguments: readonly string[], port: string) => Promise<ServerProcess>,
): Promise<TargetInstance> {
  const folder = await makeTemporaryFolder();
  // Whoever comes at once after a restart, also on a busy machine, is to hear who was there before.
  const store = ["--store", join(folder.path, "mappings.db"), "--reconcile-after-ms", "3000"];
  let latest = serve(store, "0");
  const end = async () => {
    // One that did not start is gone.
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
