import type { RemovedMapping } from "../reference-server/flow/store/mapping-store.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Counts a person's sessions, and counts a session's DISCONNECT and its close as two ends.",
  breaks: ["SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-ON-DISCONNECT", "RECONNECT-IDENTIFIES-ANEW"],
  options: { policy: "person" },
  mutate(original) {
    const counts = new Map<string, number>();
    const add = (person: string, change: number): number => {
      const count = (counts.get(person) ?? 0) + change;
      counts.set(person, count);
      return count;
    };
    // The leave is told when the count is zero, and only then.
    const counted = (removed: RemovedMapping | null) =>
      removed && { ...removed, sessionsLeft: Math.abs(add(removed.person, -1)) };
    const personOf = new Map<string, string>();
    return {
      step(session, input, ...given) {
        const person = personOf.get(session.id);
        if (input.kind === "connection-ended" && session.cause === "disconnect" && person !== undefined)
          add(person, -1);
        return original.step(session, input, ...given);
      },
      openStore(path) {
        const store = original.openStore(path);
        return {
          ...store,
          async put(mapping) {
            const { previous } = await store.put(mapping);
            personOf.set(mapping.sessionId, mapping.person);
            return { previous: counted(previous), sessions: add(mapping.person, 1) };
          },
          async remove(sessionId) {
            return counted(await store.remove(sessionId));
          },
        };
      },
    };
  },
} satisfies MutantFile;
