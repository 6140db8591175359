import { adviceEntries } from "../reports/advice/advice-for.ts";
import type { AdviceEntry } from "../reports/advice/advice.ts";
import { javaClasses } from "../reports/advice/java.generated.ts";

const head = `# Changes for a Spring server

hangup's reports give this advice where it fits what failed and what the server said. The classes are those of
\`implementations/spring-boot/src/main/java/com/example/advice/\`: they compile against Spring Boot 4.1 (Spring Framework 7.0), and the
Spring chat there runs with them (\`--chat.advice=HeartbeatsConfig,Presence\`). A class whose name ends in \`Config\` takes the place of
your own WebSocket configuration. The others go beside it.
`;

/** Renders docs/spring-advice.md: all advice for Spring, each class once. */
export function springPage(): string {
  const names = Object.keys(javaClasses) as (keyof typeof javaClasses)[];
  const withoutClass = adviceEntries.filter(({ spring }) => spring.code === undefined);
  return [
    head,
    ...names.map((name) => {
      const entries = adviceEntries.filter(({ spring }) => spring.code === name);
      const sideEffects = [...new Set(entries.flatMap(({ spring }) => spring.sideEffects ?? []))];
      return [
        `## ${name}`,
        ...entries.map(paragraph),
        `\`\`\`java\n${javaClasses[name]}\n\`\`\``,
        ["Side effects:", "", ...sideEffects.map((effect) => `- ${effect}`)].join("\n"),
      ].join("\n\n");
    }),
    "## Without a class",
    ...withoutClass.map(paragraph),
  ]
    .join("\n\n")
    .concat("\n")
    .replaceAll(/\n{3,}/g, "\n\n");
}

function paragraph({ requirements, spring: { words, link } }: AdviceEntry): string {
  const reference = link === undefined ? "" : ` Reference: [${link.title}](${link.url}).`;
  return `${requirements.join(", ")}: ${words}${reference}`;
}
