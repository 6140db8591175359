/** A client in a process of its own, so that it can be killed or stopped. Commands and events go over IPC. */
import { createNodeClient } from "./node-client.js";

const act = createNodeClient((event) => process.send?.(event), Number(process.argv[2]));
process.on("message", (command) => act(/** @type {import("./protocol.ts").ClientCommand} */ (command)));
// Whoever started it is gone: nobody is left to end it later.
process.on("disconnect", () => process.exit());
