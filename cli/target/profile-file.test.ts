import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadProfile, readProfile } from "./profile-file.ts";
import { folder } from "../../testing/cli/hangup.ts";

test.each([
  ["profile.ts", "export default { name: 'mine' as string };"],
  ["profile.js", "export default { name: 'mine' };"],
  ["profile.js", "module.exports = { name: 'mine' };"],
  ["profile.mjs", "export default { name: 'mine' };"],
  ["profile.json", '{ "name": "mine" }'],
])("%s, %s: is read whatever the folder says of its modules", async (name, text) => {
  for (const type of [undefined, "module", "commonjs"]) {
    if (type === "module" && text.startsWith("module.exports")) continue;
    const where = await folder();
    if (type !== undefined) await writeFile(join(where, "package.json"), JSON.stringify({ type }));
    const file = join(where, name);
    await writeFile(file, text);
    expect(await loadProfile(file), type).toMatchObject({ name: "mine", topic: "/topic/" });
  }
});

test("functions of a program's profile are kept", async () => {
  const file = join(await folder(), "profile.ts");
  await writeFile(
    file,
    "export default { topic: ({ room = '' }: Record<string, string>) => `/topic/${room}` };",
  );
  const { topic } = (await loadProfile(file)) ?? {};
  expect(typeof topic === "function" ? topic({ room: "r" }) : topic).toBe("/topic/r");
});

test.each([
  ["p.json", "[]", /is not a profile\. It must be an object/],
  ["p.json", "{", /can't be read/],
  ["p.json", '{ "a": 1,\n "b" "hunter2" }', /can't be read: the JSON is invalid from line 2, column 6$/],
  ["p.json", '{ "a": "hunter2", }', /can't be read: the JSON is invalid\. Look for [^2]*$/],
  ["p.ts", 'export default { a: 1 "hunter2" }', /can't be read: .*:1:22: ERROR: Expected "}"$/s],
  ["p.ts", "throw new Error('no luck');", /can't be read: no luck/],
])("%s, %s: is told with the file's name", async (name, text, message) => {
  const file = join(await folder(), name);
  await writeFile(file, text);
  await expect(readProfile(file)).rejects.toThrow(message);
  await expect(readProfile(file)).rejects.toThrow(file);
});
