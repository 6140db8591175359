import { expect, test } from "vitest";
import { adviceEntries } from "../../reports/advice/advice-for.ts";
import { javaClasses } from "../../reports/advice/java.generated.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { springPage } from "../../tools/spring-page.ts";

test("advice is given for requirements of the catalogue, in one to three sentences", () => {
  const ids = requirements.map(({ id }) => id);
  for (const { requirements: own, general, spring } of adviceEntries) {
    expect(ids).toEqual(expect.arrayContaining([...own]));
    for (const sentences of [general, spring.words, ...(spring.sideEffects ?? [])]) {
      if (sentences === undefined) continue;
      expect(sentences).toMatch(/^[\w`].*\.$/s);
      expect(sentences.split(/[.?!](?: |$)/).length - 1).toBeLessThanOrEqual(3);
    }
  }
  expect(new Set(adviceEntries.map(({ id }) => id)).size).toBe(adviceEntries.length);
});

test("each Java class belongs to some advice, with a link to Spring's reference and its side effects", () => {
  const withClass = adviceEntries.filter(({ spring }) => spring.code !== undefined);
  expect(new Set(withClass.map(({ spring }) => spring.code))).toEqual(new Set(Object.keys(javaClasses)));
  for (const { id, spring } of withClass) {
    expect(spring.link?.url, id).toMatch(/^https:\/\/docs\.spring\.io\/spring-framework\/reference\//);
    expect(spring.sideEffects, id).not.toHaveLength(0);
  }
});

test("docs/spring-advice.md shows all advice; to renew it: npx vitest run testing/end-to-end/advice.test.ts -u", async () => {
  await expect(springPage()).toMatchFileSnapshot("../../docs/spring-advice.md");
});
