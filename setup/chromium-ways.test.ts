import { join } from "node:path";
import { expect, test } from "vitest";
import { gist, playwrightDownload } from "./chromium-ways.js";
import { fakeContext, put, success, temporaryFolder } from "./testing.ts";

test.each([
  ["Err:1 x\nE: Unable to locate package chromium\n", "Unable to locate package chromium"],
  ["\u001b[2mDownloading\u001b[22m\nError: read ECONNRESET\n    at y\n", "read ECONNRESET"],
  ["one\n\n  two  \n", "two"],
  ["", "it said nothing"],
  ["Error: connect to https://me:secret@proxy.test failed", "connect to https://proxy.test failed"],
  ["error " + "x".repeat(500), "error " + "x".repeat(194)],
])("the gist of %j", (output, expected) => {
  expect(gist(output)).toBe(expected);
});

test("a download is hopeless when a third attempt begins and nothing has come", async () => {
  const folder = temporaryFolder();
  put(join(folder, "package.json"), {});
  put(join(folder, "node_modules/playwright-core/package.json"), { name: "playwright-core" });
  let hopeless: ((output: string) => boolean) | undefined;
  const { context } = fakeContext(folder, () => success, {
    run: (_command, _args, options) => {
      hopeless = options.hopeless;
      return Promise.resolve(success);
    },
  });
  await playwrightDownload.install(context);
  const attempt = "Downloading Chromium from here\n";
  const progress = "|■■■■■■■■                | 10% of 173.5 MiB\n";
  const judged = [attempt, attempt + attempt, attempt.repeat(3), attempt + progress + attempt + attempt].map(
    (output) => hopeless?.(output),
  );
  expect(judged).toEqual([false, false, true, false]);
});
