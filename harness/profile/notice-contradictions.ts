import { has, hasGroup, listed, loose, ownNames, type Contradiction, type Loose } from "./contradiction.ts";
import { namesWhom, textNames } from "./notices.ts";
import { namesIn } from "./template.ts";

/** Returns the contradictions in a profile's notices. */
export function inNotices(profile: Loose): Contradiction[] {
  const notice = loose(profile["notice"]);
  const { join, leave, roster } = notice;
  const found: Contradiction[] = [];
  const say = (path: readonly string[], message: string) =>
    found.push({ path: ["notice", ...path], message });
  if (has(roster) && (has(leave) || has(join)))
    say(
      [],
      "has a `roster`, which announces both joins and leaves; leave out `join` and `leave`, or the roster",
    );
  found.push(...inRosterPlaces(roster, ["notice", "roster"]));
  if (!has(roster) && !has(leave))
    say([], "must describe `leave` (and `join` if joins are announced), or `roster` alone");
  found.push(...inEvent(notice, "join"), ...inEvent(notice, "leave"));
  const nameless = !has(roster) && !namesWhom(loose(leave));
  if (has(join) && has(leave) && !nameless && !namesWhom(loose(join)))
    say(["join"], "names nobody, and the leave does; add the name's place, or leave out `join`");
  if (typeof profile["graceMs"] === "number" && profile["graceMs"] > 0 && profile["sessions"] !== "last")
    found.push({
      path: ["graceMs"],
      message: 'needs `sessions`: "last"; with "each" the target does not wait for a person to come back',
    });
  if (typeof notice["names"] === "string" && isSameForAll(notice["names"], profile["before"]))
    say(
      ["names"],
      "is the same for every client; it must hold {client}, {sessionId}, or a value that `before` takes for each client",
    );
  if (profile["unidentified"] === "announced" && !nameless && notice["names"] !== "{sessionId}")
    found.push({
      path: ["unidentified"],
      message:
        'is "announced", but a session that never identified has no name for a notice; use `notice.names`: "{sessionId}", or notices that name nobody',
    });
  const { by = "message" } = loose(profile["identify"]);
  if (profile["announced"] === "subscribers" && by !== "message")
    found.push({
      path: ["announced"],
      message: 'is "subscribers", which needs clients that identify by a message; leave it out',
    });
  const bySession = namesIn(notice["names"]).includes("sessionId");
  if (profile["sessions"] === "last" && (nameless || bySession))
    found.push({
      path: ["sessions"],
      message:
        'must be "each" where notices name session ids or nobody: they do not show which sessions belong to one person',
    });
  return found;
}

/** Returns true for a text without a value that differs from client to client. Unknown names are reported elsewhere. */
function isSameForAll(text: string, before: unknown): boolean {
  const taken = listed(before).flatMap((request) => Object.keys(loose(loose(request)["take"])));
  const own = ownNames(before);
  return namesIn(text).every((name) => name === "room" || (taken.includes(name) && !own.includes(name)));
}

/** Returns the contradictions in a join or a leave notice. */
function inEvent(notice: Loose, kind: "join" | "leave"): Contradiction[] {
  if (!has(notice[kind])) return [];
  const found: Contradiction[] = [];
  const say = (path: readonly string[], message: string) =>
    found.push({ path: ["notice", ...path], message });
  const one = loose(notice[kind]);
  if (!["topic", "match", "text", "pattern"].some((key) => has(one[key])))
    say([kind], "must be recognizable, by `match`, `text`, `pattern` or its own `topic`");
  const strange = namesIn(one["text"]).filter((name) => name !== "client");
  if (strange.length > 0)
    say([kind, "text"], `{${strange[0] ?? ""}} is unknown there; a text may hold {client} only`);
  if (
    typeof one["pattern"] === "string" &&
    hasGroup(one["pattern"]) &&
    !one["pattern"].includes("(?<client>")
  )
    say(
      [kind, "pattern"],
      "has a group that does not name the client; write it as (?<client>…), or as (?:…)",
    );
  if (has(one["text"]) && has(one["pattern"])) say([kind], "has both `text` and `pattern`; keep one");
  if (has(one["at"]) && !has(one["text"]) && !has(one["pattern"]))
    say([kind, "at"], "is the place of a text, but there is neither `text` nor `pattern` to read it");
  if (has(one["client"]) && textNames(one))
    say([kind, "client"], "names the client, and so does the text. Leave one of them out");
  return found;
}

/** Returns the contradictions in the places of a roster. */
function inRosterPlaces(roster: unknown, path: Contradiction["path"]): Contradiction[] {
  const { list, client } = loose(roster);
  if (
    client !== "key" ||
    [list].flat().every((place) => typeof place !== "string" || /\/\*(\/|$)/.test(place))
  )
    return [];
  return [
    {
      path: [...path, "client"],
      message:
        'is "key", but a place of `list` has no `*` for the keys; write "/users/*" for the values of the object at /users',
    },
  ];
}

/** Returns the contradictions in a profile's roster for clients that join later. */
export function inRoster({ roster, topic = "/topic/", notice }: Loose): Contradiction[] {
  if (!has(roster)) return [];
  const { destination } = loose(roster);
  const { leave, join, roster: told } = loose(notice);
  const topics = [topic, ...[leave, join, told].map((one) => loose(one)["topic"])];
  const found = inRosterPlaces(roster, ["roster"]);
  if (has(destination) && topics.includes(destination))
    found.push({
      path: ["roster", "destination"],
      message: "is the topic of joins and leaves; describe a list on that topic as `notice.roster`",
    });
  if (!has(told) && !namesWhom(loose(leave)))
    found.push({
      path: ["roster"],
      message: "lists names, but notices name nobody, so that the list can't be compared with notices",
    });
  return found;
}
