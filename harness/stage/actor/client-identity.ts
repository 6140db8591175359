import { somebody } from "../../history/notice-kind.ts";
import { nameOf, namesNobody, namesSession, topicsOf } from "../../history/notice.ts";
import type { Profile } from "../../profile/profile.ts";
import type { Values } from "../../profile/template.ts";
import type { CaseContext } from "../case-context.ts";

/** Act by which a target learns the name of a client. */
type IdentifiedBy = NonNullable<Profile["identify"]["by"]>;

/** Identity of one actor towards the target, and its name in notices. Each name is claimed for the actor's case. */
export class ClientIdentity {
  /** Values that fill the profile's templates for this actor. */
  readonly values: Values;
  readonly #context: CaseContext;

  constructor(values: Values, context: CaseContext) {
    this.values = values;
    this.#context = context;
  }

  /** Destinations that the profile subscribes to. The last one confirms the others. */
  get topics(): readonly string[] {
    return topicsOf(this.#context.profile, this.values);
  }

  /** Destination of leave notices, filled with the actor's session id. */
  topicOf(sessionId: string | null): string {
    return this.topics.at(-1)?.replaceAll("{sessionId}", () => sessionId ?? "") ?? "";
  }

  /** Claims the actor's name if the target identifies clients by one of these acts. Returns it, or null. */
  claimFor(...acts: readonly IdentifiedBy[]): string | null {
    const { by = "message" } = this.#context.profile.identify;
    return acts.includes(by) ? this.claimName() : null;
  }

  /** Claims the name that notices give a session. A name with `{sessionId}` is claimed when the session opens. */
  claimName(values: Values = this.values): string {
    const { profile, owners, token } = this.#context;
    const name = namesNobody(profile.notice) ? somebody : nameOf(profile, values);
    if (!name.includes("{sessionId}")) owners.claim(name, token);
    return name;
  }

  /**
   * Claims a session id, if notices name sessions. They may name a session that never identified, or never opened.
   * @returns whether notices name sessions
   */
  claimSession(sessionId: string | null): boolean {
    const { profile, owners, token } = this.#context;
    if (!namesSession(profile.notice) || sessionId === null) return false;
    owners.claim(nameOf(profile, { ...this.values, sessionId }), token);
    return true;
  }
}
