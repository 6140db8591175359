import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.{ts,tsx}"],
    globalSetup: "testing/cli/compiled.ts",
    // For what hangs. No test is about these limits, and on a busy machine a process takes seconds to start.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait for sockets and processes. So more of them run than there are cores. With more than these, the tests of the
    // harness's own delay find a delayed harness on a slow machine.
    maxWorkers: 4,
    // A worker that is kept for many files imports the sources once. No test changes what another one imports.
    isolate: false,
  },
});
