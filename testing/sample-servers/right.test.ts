import { format } from "prettier";
import { expect, test } from "vitest";
import { shapes } from "./index.ts";

test.each(Object.entries(shapes))(
  "%s takes a profile of 25 lines at most, without a function",
  async (_name, { profile }) => {
    const json = JSON.stringify({ url: "ws://localhost:8080/endpoint", ...profile });
    expect(JSON.parse(json)).toMatchObject(profile);
    const lines = (await format(json, { parser: "json", printWidth: 110 })).trim().split("\n");
    expect(lines.length).toBeLessThanOrEqual(25);
  },
);
