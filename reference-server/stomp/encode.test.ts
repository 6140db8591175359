import { describe, expect, it } from "vitest";
import { encode } from "./encode.ts";
import { frame } from "./frame.ts";

describe("encode", () => {
  it("writes command, headers, the length of the body in bytes, and the body", () => {
    expect(encode(frame("MESSAGE", { a: "b" }, "é"), "1.2")).toBe("MESSAGE\na:b\ncontent-length:2\n\né\0");
    expect(encode(frame("RECEIPT", { "receipt-id": "1" }), "1.2")).toBe("RECEIPT\nreceipt-id:1\n\n\0");
  });

  it("escapes as the version has it, and puts a space for what it can't escape", () => {
    const odd = frame("MESSAGE", { "k:": "\\ : \r \n \0" });
    expect(encode(odd, "1.2")).toBe("MESSAGE\nk\\c:\\\\ \\c \\r \\n  \n\n\0");
    expect(encode(odd, "1.1")).toBe("MESSAGE\nk\\c:\\\\ \\c   \\n  \n\n\0");
    expect(encode(odd, "1.0")).toBe("MESSAGE\nk::\\ :      \n\n\0");
    expect(encode(frame("CONNECTED", { k: "a:\\\n" }), "1.2")).toBe("CONNECTED\nk:a:\\ \n\n\0");
  });
});
