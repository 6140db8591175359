import { javaClasses } from "./java.generated.ts";

/** Finds the members of a class that make the difference, where a reader knows the rest. */
const keys: Readonly<Partial<Record<keyof typeof javaClasses, RegExp>>> = {
  AllowedOriginsConfig: /setAllowedOrigins/,
  HeartbeatsConfig: /TaskScheduler scheduler;|@Lazy @Qualifier|setTaskScheduler/,
  MessageOrder: /setPreserve/,
  Presence: /new HashMap|names\.(put|replace|remove)/,
  SockJsTimesConfig: /setHeartbeatTime|setDisconnectDelay/,
};

/** Returns the members of a class to look at first; undefined for a class that is only useful as a whole. */
export function keyMembersOf(name: keyof typeof javaClasses): string | undefined {
  const key = keys[name];
  if (key === undefined) return undefined;
  const text = javaClasses[name];
  const body = text.slice(text.indexOf("{\n") + 2, text.lastIndexOf("}"));
  // Blank lines divide the members.
  const members = body.split(/\n\s*\n/).filter((member) => key.test(member));
  return members.map((member) => member.replace(/^\n+|\s+$/g, "").replaceAll(/^ {4}/gm, "")).join("\n\n");
}
