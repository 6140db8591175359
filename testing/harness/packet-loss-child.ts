/** Loses packets between this process and a server, says so, and would do so for ever. */
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
