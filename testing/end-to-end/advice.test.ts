import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { advice } from "../../reports/words/advice.ts";
import { requirements } from "../../scenarios/requirements.ts";

test("advice is given for requirements that scenarios judge, in one to three sentences", () => {
  const judged = requirements.filter(({ later }) => later === undefined).map(({ id }) => id);
  for (const [id, { words, sideEffects = [] }] of advice) {
    expect(judged).toContain(id);
    for (const sentences of [words, ...sideEffects]) {
      expect(sentences).toMatch(/^\w.*\.$/s);
      expect(sentences.split(/[.?!](?: |$)/).length - 1).toBeLessThanOrEqual(3);
    }
  }
});

test.for(["LEAVE-ON-SILENT-DROP", "LEAVE-ON-SILENCE"])(
  "the code of %s is the file that the Spring chat runs and docs/servers.md shows, with what it makes worse",
  (id) => {
    const file =
      "../../implementations/spring-boot/src/main/java/com/example/heartbeats/WebSocketConfig.java";
    const java = readFileSync(new URL(file, import.meta.url), "utf8");
    expect(advice.get(id)?.code).toBe(java.replace(/^package .*;\n+/, "").trim());
    expect(advice.get(id)?.sideEffects).not.toHaveLength(0);
    const page = readFileSync(new URL("../../docs/servers.md", import.meta.url), "utf8");
    expect(page).toContain(`\`\`\`java\n${advice.get(id)?.code ?? ""}\n\`\`\``);
  },
);
