import type { Socket } from "node:net";
import { Flow, type Shape } from "./flow.ts";
import { includes, type Direction, type Directions, type Traffic } from "./traffic.ts";

/** A connection through the proxy. `client` is the socket to the actor, `target` the socket to the server. */
export class Link {
  readonly client: Socket;
  readonly target: Socket;
  /** Resolves when either side has ended the connection. */
  readonly ended: Promise<void>;
  /** True if the proxy has ended the connection, in either direction. */
  isCut = false;
  readonly #flows: Readonly<Record<Direction, Flow>>;

  /** @param onTargetEnd called once, when the target ends the connection before the actor and the proxy do */
  constructor(
    client: Socket,
    target: Socket,
    shapes: Readonly<Record<Direction, Shape>>,
    traffic: Traffic,
    now: () => number,
    onTargetEnd: () => void,
  ) {
    this.client = client;
    this.target = target;
    let clientIsOver = false;
    for (const end of ["end", "close"]) client.once(end, () => (clientIsOver = true));
    const clientEnded = new Promise<void>((resolve) =>
      client.once("end", resolve).once("close", () => resolve()),
    );
    let targetIsOver = false;
    const targetEnded = new Promise<void>((resolve) => {
      // A reset is an `error` before its `close`, and ends the client's side, too.
      for (const end of ["end", "error", "close"]) {
        target.once(end, () => {
          if (!targetIsOver && !clientIsOver && !this.isCut) onTargetEnd();
          targetIsOver = true;
          resolve();
        });
      }
    });
    this.ended = Promise.race([clientEnded, targetEnded]);
    // The actor's end counts as passed on, unless it answers the target's end.
    let told = false;
    const onClientEndPassed = () => {
      if (!targetIsOver && !told) traffic.noteEndPassed(now());
      told = true;
    };
    const common = { traffic, now };
    this.#flows = {
      "to-target": new Flow(client, target, {
        ...common,
        direction: "to-target",
        shape: shapes["to-target"],
        onEndPassed: onClientEndPassed,
      }),
      "from-target": new Flow(target, client, {
        ...common,
        direction: "from-target",
        shape: shapes["from-target"],
        onEndPassed: () => undefined,
      }),
    };
  }

  get isOpen(): boolean {
    return this.target.readyState === "open";
  }

  /** True if bytes were sent to the target on this connection. */
  get isInUse(): boolean {
    return this.isOpen && this.target.bytesWritten > 0;
  }

  reshape(directions: Directions, shape: Shape): void {
    for (const direction of ["to-target", "from-target"] as const) {
      if (includes(directions, direction)) this.#flows[direction].reshape(shape);
    }
  }
}
