import { isLeave } from "../../mutants/support/rewrite-core.ts";
import { afterEvent, leaveEffect, runAfter } from "../../mutants/support/rewrite-shell.ts";
import type { ServerComponents } from "../../reference-server/components.ts";

/** Server that the bench runs the suite on. */
export interface BenchServer {
  /** Fragment for a table. */
  readonly description: string;
  /** Returns the components to replace in the reference server. */
  readonly mutate: (original: ServerComponents) => Partial<ServerComponents>;
}

/** Longer than the deadlines of all ends, the silent drop's included. */
const lateMs = 6_000;

const slowAnswerMs = 300;

/** The correct server, and servers on which a run took longest before retries were bounded. */
export const servers = {
  correct: { description: "the reference server", mutate: () => ({}) },
  "late-leaves": {
    description: "leaves 6 s late",
    mutate: (original) => ({
      perform(effect, live, context) {
        if (isLeave(effect)) runAfter(lateMs, () => original.perform(effect, live, context));
        else original.perform(effect, live, context);
      },
    }),
  },
  "unnamed-leaves": {
    description: "unnamed leaves of unidentified ends",
    mutate: (original) =>
      afterEvent(original, "session-disconnect", ({ cause }, live, context) => {
        const { ref, mapping, pending } = live.session;
        if (mapping !== null || pending.length > 0) return;
        original.perform(leaveEffect({ ref, clientData: "" }, cause), live, context);
      }),
  },
  "slow-answers": {
    description: "answers after 300 ms",
    mutate: (original) => ({
      openSockJs(options, accept) {
        const endpoint = original.openSockJs(options, accept);
        return { handle: (...given) => runAfter(slowAnswerMs, () => endpoint.handle(...given)) };
      },
      openWebSocket(options, accept) {
        const endpoint = original.openWebSocket(options, accept);
        return {
          upgrade(request, socket, ...rest) {
            // Without a listener, a client that resets the connection meanwhile would end the server.
            socket.on("error", () => socket.destroy());
            runAfter(slowAnswerMs, () => endpoint.upgrade(request, socket, ...rest));
          },
        };
      },
    }),
  },
  "drops-connections": {
    description: "every tenth connection dropped",
    mutate: (original) => {
      const known = new WeakSet<object>();
      let connections = 0;
      /** Returns true for the first request of every tenth connection. */
      const drops = (socket: object): boolean => {
        if (known.has(socket)) return false;
        known.add(socket);
        connections += 1;
        return connections % 10 === 0;
      };
      return {
        openSockJs(options, accept) {
          const endpoint = original.openSockJs(options, accept);
          return {
            handle(request, response) {
              if (drops(request.socket)) request.socket.destroy();
              else endpoint.handle(request, response);
            },
          };
        },
        openWebSocket(options, accept) {
          const endpoint = original.openWebSocket(options, accept);
          return {
            upgrade(request, socket, ...rest) {
              if (drops(socket)) socket.destroy();
              else endpoint.upgrade(request, socket, ...rest);
            },
          };
        },
      };
    },
  },
} as const satisfies Readonly<Record<string, BenchServer>>;

export type BenchServerName = keyof typeof servers;

/** Names of the broken servers. */
export const brokenServers = (Object.keys(servers) as BenchServerName[]).filter((name) => name !== "correct");
