import type { Input } from "../reference-server/core/model.ts";
import { frame } from "../reference-server/stomp/frame.ts";
import type { Action, Command } from "./command.ts";
import type { Model } from "./model.ts";
import type { Arrival } from "./world.ts";

/** Something that reaches the server, with what it means to the model. */
export interface Meant extends Arrival {
  readonly tell: (model: Model, session: number, nowMs: number) => void;
}

type Headers = Readonly<Record<string, string>>;

const receipt = (command: Command): Headers => (command.receipt ? { receipt: "r" } : {});
const asked = ({ heartBeat }: Command): [number, number] => {
  const [sendsMs = 0, wantsMs = 0] = heartBeat.split(",").map(Number);
  return [sendsMs, wantsMs];
};

/** What each action sends, and what the model has to be told of it when it arrives. */
export const arrivals: Readonly<Record<Action, (command: Command) => Meant>> = {
  connect: (command) =>
    framed(
      "CONNECT",
      { "accept-version": "1.2", "heart-beat": command.heartBeat },
      "",
      (model, session, nowMs) => {
        model.connects(session, asked(command), nowMs);
      },
    ),
  subscribe: (command) =>
    framed(
      "SUBSCRIBE",
      { id: command.name, destination: "/topic/", ...receipt(command) },
      "",
      (model, session, nowMs) => {
        model.subscribes(session, command.name, command.receipt, nowMs);
      },
    ),
  unsubscribe: (command) =>
    framed("UNSUBSCRIBE", { id: command.name, ...receipt(command) }, "", (model, session, nowMs) => {
      model.unsubscribes(session, command.name, command.receipt, nowMs);
    }),
  "ask-roster": () =>
    framed("SUBSCRIBE", { id: "roster", destination: "/app/roster" }, "", (model, session, nowMs) => {
      model.asksRoster(session, nowMs);
    }),
  identify: ({ name, ...command }) =>
    framed(
      "SEND",
      { destination: "/ws", ...receipt({ name, ...command }) },
      `{"clientData":"${name}"}`,
      (model, session, nowMs) => {
        model.identifies(session, name, command.receipt, nowMs);
      },
    ),
  "malformed-identify": (command) =>
    framed(
      "SEND",
      { destination: "/ws", ...receipt(command) },
      `{"clientData":7}`,
      (model, session, nowMs) => {
        model.identifiesWrongly(session, nowMs);
      },
    ),
  disconnect: (command) =>
    framed("DISCONNECT", receipt(command), "", (model, session, nowMs) => {
      model.disconnects(session, command.receipt, nowMs);
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
  const input: Input = { kind: "gone", cause, detail: "" };
  return { input, tell: (model, session) => model.losesTransport(session, cause) };
}
