import { describe, expect, test } from "vitest";
import { caseOf } from "../../../testing/records/build.ts";
import { leave, said, verdict } from "../../../testing/records/rules.ts";

describe("an identify message beside the end", () => {
  const identifying = (id: string, passed: boolean) =>
    caseOf(id, id, [verdict("IDENTIFY-LEAVES-NO-GHOST", "leaves-no-ghost(alice)", passed)], {
      axes: { phase: "identifying" },
    });
  const noticed = (answer: "arrived" | "missing") =>
    ["leave/fin", "leave/rst", "leave/close"].map((id) =>
      leave(`${id}[phase=identified]`, "LEAVE-ON-LOST-CONNECTION", answer),
    );
  const ghosts = (count: number) => ["a", "b", "c", "d", "e"].map((id, n) => identifying(id, n >= count));

  test("leaves ghosts now and then, where ends are noticed", () => {
    expect(said("identify-beside-end", ...ghosts(3), ...noticed("arrived"))).toMatch(/stays as a ghost/);
    expect(said("identify-beside-end", ...ghosts(3), ...noticed("missing"))).toBeUndefined();
    expect(said("identify-beside-end", ...ghosts(2), ...noticed("arrived"))).toBeUndefined();
    expect(said("identify-beside-end", ...ghosts(5), ...noticed("arrived"))).toBeUndefined();
  });

  test("is not the cause where those ends are missed of all clients", () => {
    const others = Array.from({ length: 5 }, () => noticed("arrived")).flat();
    const missed = ["a", "b", "c"].map((id) =>
      leave(`${id}[phase=hearing]`, "LEAVE-ON-LOST-CONNECTION", "missing"),
    );
    expect(said("identify-beside-end", ...ghosts(3), ...others, ...missed)).toBeUndefined();
    expect(said("identify-beside-end", ...ghosts(4), ...others, ...missed.slice(1))).toBeUndefined();
    expect(said("identify-beside-end", ...ghosts(3), ...others)).toMatch(/stays as a ghost/);
  });
});
