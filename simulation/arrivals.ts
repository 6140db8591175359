import type { Input } from "../reference-server/flow/core/model.ts";
import { frame } from "../reference-server/stomp/frame.ts";
import { decodeContent } from "./command.ts";
import type { Action, Content } from "./command.ts";
import type { Model } from "./model.ts";
import type { Arrival } from "./world.ts";

/** Something that reaches the server, with what it means to the model. */
export interface Meant extends Arrival {
  readonly tell: (model: Model, session: number, nowMs: number) => void;
}

type Headers = Readonly<Record<string, string>>;

const built: Meant[] = [];

/** What is sent in a command, or with another action in its place. Built once for each content. */
export function arrivalOf(contentCode: number): Meant {
  return (built[contentCode] ??= build(decodeContent(contentCode)));
}

/** The CONNECT that opens a session, with the heartbeats of a command's content. */
export function connectOf(contentCode: number): Meant {
  return (builtConnects[contentCode] ??= builders.connect(decodeContent(contentCode)));
}
const builtConnects: Meant[] = [];

function build(content: Content): Meant {
  return builders[content.action](content);
}

const receipt = (content: Content): Headers => (content.receipt ? { receipt: "r" } : {});

/** What each action sends, and what the model has to be told of it when it arrives. */
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

/** The transport ends, by a goodbye or without one. */
export function gone(cause: "closed" | "lost"): Meant {
  const input: Input = { kind: "connection-ended", cause, detail: "" };
  return { input, tell: (model, session) => model.losesTransport(session, cause) };
}
