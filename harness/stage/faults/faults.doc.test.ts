import { readFile } from "node:fs/promises";
import { format } from "prettier";
import { expect, test } from "vitest";
import { faultNamesOf } from "../../profile/causes.ts";
import { files } from "../../profile/fault-files.generated.ts";

/** Returns the texts of a fault file's exported functions: the paragraph of each doc comment, without tags. */
async function docsOf(file: string): Promise<string[]> {
  const source = await readFile(new URL(`${file}.ts`, import.meta.url), "utf8");
  return [
    ...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const \w+(?:: MakeFault| = \((?:actor|fault))/g),
  ].map(([, doc = ""]) => {
    const [text = ""] = doc.replaceAll(/\n \* ?/g, "\n").split("\n@");
    return text.replaceAll(/\s+/g, " ").trim();
  });
}

test("docs/design/fault-table.md lists every fault with its witness", async () => {
  const rows = await Promise.all(
    files.map(async (file) => {
      const names = faultNamesOf(file).map((name) => `\`${name}\``);
      const text = (await docsOf(file)).join(" ");
      const [effect = "", witness] = text.split(/The witness is (?:that )?/);
      expect(witness, `${file}.ts says in its doc comment what the witness is`).toBeDefined();
      return `| ${names.join(", ")} | ${effect.trim()} | ${witness ?? ""} |`;
    }),
  );
  const page = `# Faults

Generated from the doc comments in \`harness/stage/faults/\`: \`npx vitest run harness/stage/faults/faults.doc.test.ts -u\`. A name is
a cause in reports and in \`deadlines.causes\`. [Rules for faults](faults.md).

| cause | effect | witness |
| --- | --- | --- |
${rows.join("\n")}
`;
  await expect(await format(page, { parser: "markdown", printWidth: 130 })).toMatchFileSnapshot(
    "../../../docs/design/fault-table.md",
  );
});
