import { expect, test } from "vitest";
import { workersOf } from "./context.ts";

test("fewer cases run at the same time on a target elsewhere, unless --workers says otherwise", () => {
  for (const address of ["http://localhost:8080/ws", "http://127.0.0.2/ws", "ws://[::1]:9/ws", undefined])
    expect(workersOf({}, address)).toBe(32);
  expect(workersOf({}, "http://localhost:{port}/ws")).toBe(32);
  for (const address of [
    "https://chat.example/ws",
    "http://192.168.0.7:8080/ws",
    "http://localhost.example/ws",
  ])
    expect(workersOf({}, address)).toBe(8);
  expect(workersOf({ workers: 3 }, "https://chat.example/ws")).toBe(3);
});
