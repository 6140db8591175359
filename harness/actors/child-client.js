/** A client in a process of its own, so that it can be killed or stopped. Commands and events go over IPC. */
import { createClient } from "./client.js";
import { nodeParts } from "./node-parts.js";

const act = createClient(nodeParts(), (event) => process.send?.(event));
process.on("message", (command) => act(/** @type {import("./protocol.ts").ClientCommand} */ (command)));
// Whoever started it is gone: nobody is left to end it later.
process.on("disconnect", () => process.exit());
