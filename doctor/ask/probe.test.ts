import { createServer } from "node:http";
import { expect, test } from "vitest";
import { askProbe } from "./probe.ts";
import { listen } from "../../testing/sample-servers/server/listen.ts";

const bodies: Readonly<Record<string, string>> = {
  "/number": '{"mappings":3}',
  "/list": '[{"a":1},{"b":2}]',
  "/none": "<h1>no</h1>",
};

test.each([
  ["/number", "/mappings", "good", "/number reports 3 stored mapping(s)"],
  ["/list", "", "good", "/list reports 2 stored mapping(s)"],
  ["/number", "/rows", "problem", '/number answered 200, with no number or list at "/rows"'],
  ["/none", "", "problem", "/none answered 200, with no number or list"],
])("a probe at %s, with %j: %s", async (path, mappings, level, says) => {
  const { port, close } = await listen(
    createServer((request, response) => response.end(bodies[request.url ?? ""])),
  );
  const found = await askProbe({ probe: { path, mappings } }, new URL(`http://127.0.0.1:${port}/ws`), {});
  expect(found).toMatchObject([{ level, says: expect.stringContaining(says) as string }]);
  await close();
  const closed = await askProbe({ probe: { path, mappings } }, new URL(`http://127.0.0.1:${port}/ws`), {});
  expect(closed).toMatchObject([
    { level: "problem", says: expect.stringContaining(`${path} gave no answer`) as string },
  ]);
});

test("without a probe there is nothing to say", async () => {
  expect(await askProbe({}, new URL("http://127.0.0.1:1/ws"), {})).toEqual([]);
});
