/** Loses packets between this process and a server until the process is killed. Prints "losing" when the loss begins. */
import { once } from "node:events";
import { connect } from "node:net";
import { losePackets } from "../../harness/network/packet-loss.ts";
import { connectionOf } from "../../harness/network/connections.ts";

const socket = connect(Number(process.argv[2]), "127.0.0.1");
await once(socket, "connect");
const connection = connectionOf(socket);
if (connection === undefined) throw new Error("no connection");
await losePackets([connection]);
process.stdout.write("losing\n");
