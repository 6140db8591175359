import type { Profile } from "./profile.ts";

export interface Notice {
  readonly event: "join" | "leave";
  /** The data that the notice names; null when it names nobody. */
  readonly client: string | null;
  readonly cause: string | null;
}

/**
 * Reads a message on the topic as the profile describes notices.
 * @returns null for a message that is no notice
 */
export function readNotice(body: string, patterns: Profile["notice"]): Notice | null {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    return null;
  }
  for (const event of ["leave", "join"] as const) {
    const pattern = patterns[event];
    if (pattern === undefined) continue;
    const matches = Object.entries(pattern.match).every(([pointer, value]) => at(content, pointer) === value);
    if (!matches) continue;
    const client = at(content, pattern.client);
    const cause = pattern.cause === undefined ? undefined : at(content, pattern.cause);
    return {
      event,
      client:
        typeof client === "string"
          ? client
          : client === undefined || client === null
            ? null
            : JSON.stringify(client),
      cause: typeof cause === "string" ? cause : null,
    };
  }
  return null;
}

/** RFC 6901. */
function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const part of pointer.slice(1).split("/")) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** The body of an identify message: the profile's template with the client's data put in. */
export function identifyBody(template: Profile["identify"]["body"], client: string): string {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll("{client}", () => client);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  return JSON.stringify(fill(template));
}
