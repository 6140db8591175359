import type { ProfileInput } from "../../harness/profile/profile.ts";
import type { MakeApplication } from "./server/application.ts";
import type { ServerOptions } from "./server/start-server.ts";

/** A right server of a usual kind, with its profile. */
export interface RightServer {
  readonly server: ServerOptions;
  /** Profile of the server without its address, as plain data. */
  readonly profile: ProfileInput;
  readonly application: MakeApplication;
}

/** A server of a usual kind, right and broken. */
export interface SampleServer extends RightServer {
  /** Ways to break the server, each in one place. */
  readonly defects: readonly Defect[];
}

/** An application with one mistake. */
export interface Defect {
  readonly description: string;
  readonly application: MakeApplication;
  /** Requirement that has to fail. */
  readonly breaks: string;
  /** Other requirements that fail by the same mistake. */
  readonly alsoBreaks?: readonly string[];
  /** Set where the mistake hits clients of other cases, so that cases run one after the other. */
  readonly hitsOthers?: true;
}
