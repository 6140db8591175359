import type { Input } from "../reference-server/flow/core/model.ts";
import { frame } from "../reference-server/stomp/frame.ts";
import { decodeContent } from "./command.ts";
import type { Action, Content } from "./command.ts";
import type { Model } from "./model.ts";
import type { Arrival } from "./world.ts";

/** Input to the server, with the matching call to the model. */
export interface Meant extends Arrival {
  readonly tell: (model: Model, session: number, nowMs: number) => void;
}

type Headers = Readonly<Record<string, string>>;

const built: Meant[] = [];

/** Returns the arrival for a content code. Arrivals are built once per code. */
export function arrivalOf(contentCode: number): Meant {
  return (built[contentCode] ??= build(decodeContent(contentCode)));
}

/** Returns the CONNECT that opens a session. Its heartbeats come from the content code. */
export function connectOf(contentCode: number): Meant {
  return (builtConnects[contentCode] ??= builders.connect(decodeContent(contentCode)));
}
const builtConnects: Meant[] = [];

function build(content: Content): Meant {
  return builders[content.action](content);
}

const receipt = (content: Content): Headers => (content.receipt ? { receipt: "r" } : {});

/** Builders of the input for each action. Each pairs the input with its call to the model. */
const builders: Readonly<Record<Action, (content: Content) => Meant>> = {
  connect(content) {
    const [sendsMs = 0, wantsMs = 0] = content.heartBeat.split(",").map(Number);
    const headers = { "accept-version": "1.2", "heart-beat": content.heartBeat };
    return framed("CONNECT", headers, "", (model, session, nowMs) => {
      model.connects(session, [sendsMs, wantsMs], nowMs);
    });
  },
  subscribe: (content) =>
    framed(
      "SUBSCRIBE",
      { id: content.name, destination: "/topic/", ...receipt(content) },
      "",
      (model, session, nowMs) => {
        model.subscribes(session, content.name, content.receipt, nowMs);
      },
    ),
  unsubscribe: (content) =>
    framed("UNSUBSCRIBE", { id: content.name, ...receipt(content) }, "", (model, session, nowMs) => {
      model.unsubscribes(session, content.name, content.receipt, nowMs);
    }),
  "ask-roster": () =>
    framed("SUBSCRIBE", { id: "roster", destination: "/app/roster" }, "", (model, session, nowMs) => {
      model.asksRoster(session, nowMs);
    }),
  identify(content) {
    const body = JSON.stringify({ clientData: content.name });
    return framed("SEND", { destination: "/ws", ...receipt(content) }, body, (model, session, nowMs) => {
      model.identifies(session, content.name, content.receipt, nowMs);
    });
  },
  "malformed-identify": (content) =>
    framed(
      "SEND",
      { destination: "/ws", ...receipt(content) },
      `{"clientData":7}`,
      (model, session, nowMs) => {
        model.identifiesWrongly(session, nowMs);
      },
    ),
  disconnect: (content) =>
    framed("DISCONNECT", receipt(content), "", (model, session, nowMs) => {
      model.disconnects(session, content.receipt, nowMs);
    }),
  nonsense: () =>
    framed("NONSENSE", {}, "", (model, session, nowMs) => {
      model.breaksProtocol(session, nowMs);
    }),
  beat: () => bytes(false),
  "begin-frame": () => bytes(true),
  close: () => gone("closed"),
  lose: () => gone("lost"),
};

function framed(command: string, headers: Headers, body: string, tell: Meant["tell"]): Meant {
  return { input: { kind: "frame", frame: frame(command, headers, body) }, tell };
}

function bytes(partial: boolean): Meant {
  const input: Input = { kind: "bytes", partial };
  return { input, tell: (model, session, nowMs) => model.sendsBytes(session, partial, nowMs) };
}

/** Returns the end of a transport: closed in order, or lost. */
export function gone(cause: "closed" | "lost"): Meant {
  const input: Input = { kind: "connection-ended", cause, detail: "" };
  return { input, tell: (model, session) => model.losesTransport(session, cause) };
}
