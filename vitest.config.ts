import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.{ts,tsx}"],
    globalSetup: "testing/cli/compiled.ts",
    // For what hangs. No test is about these limits, and on a busy machine a process takes seconds to start.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most tests wait for sockets and processes. So more of them run than there are cores.
    maxWorkers: 6,
    // A worker that is kept for many files imports the sources once. No test changes what another one imports.
    isolate: false,
  },
});
