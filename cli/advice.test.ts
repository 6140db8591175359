import { expect, test } from "vitest";
import { advice } from "../reports/advice.ts";
import { requirements } from "../scenarios/requirements.ts";

test("advice is given for requirements that scenarios judge, in one to three sentences", () => {
  const judged = requirements.filter(({ later }) => later === undefined).map(({ id }) => id);
  for (const [id, words] of advice) {
    expect(judged).toContain(id);
    expect(words).toMatch(/^\w.*\.$/s);
    expect(words.split(/[.?!](?: |$)/).length - 1).toBeLessThanOrEqual(3);
  }
});
