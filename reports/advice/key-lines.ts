import { javaClasses } from "./java.generated.ts";

/** Finds the lines of a class that make the difference, where a reader knows the rest. */
const keys: Readonly<Partial<Record<keyof typeof javaClasses, RegExp>>> = {
  AllowedOriginsConfig: /setAllowedOrigins/,
  HeartbeatsConfig: /@Lazy @Qualifier|enableSimpleBroker|setHeartbeatValue|setTaskScheduler/,
  MessageOrder: /setPreserve/,
  Presence: /@EventListener|public synchronized|names\.(put|replace|remove)/,
  SockJsTimesConfig: /withSockJS|setHeartbeatTime|setDisconnectDelay/,
};

/** Returns the lines of a class to look at first, each on a line; undefined for a class that is only useful as a whole. */
export function keyLinesOf(name: keyof typeof javaClasses): string | undefined {
  const key = keys[name];
  if (key === undefined) return undefined;
  const lines = javaClasses[name]
    .split("\n")
    .filter((line) => key.test(line) && !/^import |^ *(\*|\/)/.test(line));
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}
