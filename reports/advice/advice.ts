import type { Circumstances } from "./circumstances.ts";
import type { javaClasses } from "./java.generated.ts";

/** Address of a page with its title. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** Change for a Spring server. */
export interface SpringChange {
  /** Explanation in one to three sentences. */
  readonly words: string;
  /** Java class to copy. */
  readonly code?: keyof typeof javaClasses;
  /** Section of Spring's reference on it. */
  readonly link?: Link;
  /** Disadvantages of the change, as sentences. */
  readonly sideEffects?: readonly string[];
}

/** Advice for some requirements, and the circumstances that it fits. */
export interface AdviceEntry {
  readonly id: string;
  /** Requirements that the change can mend. */
  readonly requirements: readonly string[];
  /** Returns true if the advice fits the circumstances. Without this function it always fits. */
  readonly fits?: (circumstances: Circumstances) => boolean;
  /** The change for Spring concerns its simple broker, so that it does not fit a server with another broker. */
  readonly ofSimpleBroker?: true;
  /** The change in words that hold for any server, in one to three sentences. */
  readonly general?: string;
  readonly spring: SpringChange;
}

const reference = "https://docs.spring.io/spring-framework/reference/web/websocket";

/** Sections of Spring's reference. */
export const links = {
  simpleBroker: { title: "Simple Broker", url: `${reference}/stomp/handle-simple-broker.html` },
  events: { title: "Events", url: `${reference}/stomp/application-context-events.html` },
  interception: { title: "Interception", url: `${reference}/stomp/interceptors.html` },
  order: { title: "Order of Messages", url: `${reference}/stomp/ordered-messages.html` },
  transport: { title: "WebSocket Transport", url: `${reference}/stomp/server-config.html` },
  annotations: { title: "Annotated Controllers", url: `${reference}/stomp/handle-annotations.html` },
  sockJsHeartbeats: {
    title: "SockJS Fallback, Heartbeats",
    url: `${reference}/fallback.html#websocket-fallback-sockjs-heartbeat`,
  },
  origins: {
    title: "Allowed Origins",
    url: `${reference}/server.html#websocket-server-allowed-origins`,
  },
  contextEvents: {
    title: "Standard and Custom Events",
    url: "https://docs.spring.io/spring-framework/reference/core/beans/context-introduction.html#context-functionality-events",
  },
} as const satisfies Readonly<Record<string, Link>>;
