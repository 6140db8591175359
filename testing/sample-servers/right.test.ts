import { format } from "prettier";
import { expect, test } from "vitest";
import { sampleServers } from "./index.ts";

test.each(Object.entries(sampleServers))(
  "%s: its profile has at most 25 lines and no function",
  async (_name, { profile }) => {
    const json = JSON.stringify({ url: "ws://localhost:8080/endpoint", ...profile });
    expect(JSON.parse(json)).toMatchObject(profile);
    const lines = (await format(json, { parser: "json", printWidth: 110 })).trim().split("\n");
    expect(lines.length).toBeLessThanOrEqual(25);
  },
);
