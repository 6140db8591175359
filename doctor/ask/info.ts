import { z } from "zod";
import type { likenesses } from "../../harness/judge/target-said.ts";
import { jsonOrUndefined } from "../../harness/util/json.ts";
import type { HttpAnswer } from "./ask.ts";

/** Info that SockJS gives about an endpoint (sockjs-protocol 0.3.3, "Info"). */
export interface Info {
  readonly websocket: boolean;
  readonly origins: readonly string[];
  readonly cookieNeeded: boolean;
}

/** Likely SockJS server, and the evidence for it. */
export interface Likeness {
  readonly looksLike: (typeof likenesses)[number];
  readonly evidence: string;
}

const infoSchema = z.object({
  websocket: z.boolean(),
  origins: z.array(z.string()).default([]),
  cookie_needed: z.boolean().default(false),
  entropy: z.number().optional(),
});

/** Returns the info in an answer; undefined for another answer. */
export function infoOf({ status, body, ended }: HttpAnswer): Info | undefined {
  if (status !== 200 || ended !== "whole") return undefined;
  const { data } = infoSchema.safeParse(jsonOrUndefined(body));
  if (data === undefined) return undefined;
  return { websocket: data.websocket, origins: data.origins, cookieNeeded: data.cookie_needed };
}

const orders = {
  "entropy, origins, cookie_needed, websocket": "spring",
  "websocket, origins, cookie_needed, entropy": "sockjs-node",
} as const;

/** Order of the members of info by library. All libraries have the same members. */
export function likenessOf({ body, headers }: HttpAnswer): Likeness {
  const order = Object.keys(jsonOrUndefined(body) ?? {})
    .filter((name) => name !== "base_url")
    .join(", ");
  const looksLike = Object.hasOwn(orders, order) ? orders[order as keyof typeof orders] : "unknown";
  const whose = {
    spring: "as Spring writes it",
    "sockjs-node": "as sockjs-node writes it",
    unknown: "as neither Spring nor sockjs-node writes it",
  };
  const { server } = headers;
  const told = server === undefined ? "" : `; the server calls itself ${JSON.stringify(server.slice(0, 60))}`;
  return {
    looksLike,
    evidence: `info holds ${order.slice(0, 120)} in this order, ${whose[looksLike]}${told}`,
  };
}
