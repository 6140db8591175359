import type { ProfileInput } from "../../harness/profile/profile.ts";
import type { MakeApplication } from "./server/application.ts";
import type { ShapeServerOptions } from "./server/start-server.ts";

/** One way in which real servers of the flow are built. */
export interface Shape {
  readonly server: ShapeServerOptions;
  /** All that the suite is told of it, but for its address. Plain data. */
  readonly profile: ProfileInput;
  readonly application: MakeApplication;
  /** The same, each in one place as it should not be. */
  readonly broken: readonly Broken[];
}

/** One mistake. */
export interface Broken {
  readonly what: string;
  readonly application: MakeApplication;
  /** The requirement that has to fail. */
  readonly breaks: string;
  /** Others that the same mistake breaks. */
  readonly alsoBreaks?: readonly string[];
  /** Whom it hits depends on who else is there, so that cases have to come one after the other. */
  readonly hitsOthers?: true;
}
