/** A client in its own process, so that a fault can kill or stop it. Commands and events go over IPC. */
import { createNodeClient } from "./node-client.js";

const act = createNodeClient((event) => process.send?.(event), Number(process.argv[2]));
process.on("message", (command) => act(/** @type {import("./protocol.ts").ClientCommand} */ (command)));
// The harness is gone, and nothing else would end this process.
process.on("disconnect", () => process.exit());
