import { describe, expect, it } from "vitest";
import { Decoder } from "./decoder.ts";
import type { Decoded } from "./decoder.ts";
import type { Version } from "./frame.ts";

const limits = { maxHeaders: 3, maxHeaderBytes: 20, maxBodyBytes: 8 };

function decode(input: string | Buffer, version: Version = "1.2"): Decoded[] {
  const decoder = new Decoder(limits);
  decoder.version = version;
  return [...decoder.read(input)];
}

function only(input: string | Buffer, version?: Version) {
  const [item, ...more] = decode(input, version);
  expect(more).toEqual([]);
  return item?.kind === "frame" ? { ...item.frame, headers: Object.fromEntries(item.frame.headers) } : item;
}

const violation = (message: RegExp, closeCode = 1002) => ({
  kind: "violation",
  message: expect.stringMatching(message) as string,
  closeCode,
});

describe("frames", () => {
  it("have a command, headers and a body", () => {
    expect(only("SEND\na:b\nc:\n\nhello\0")).toEqual({
      command: "SEND",
      headers: { a: "b", c: "" },
      body: "hello",
    });
  });

  it("may come one after the other, with line ends between them", () => {
    expect(decode("\n\r\nA\n\n\0\n\r\n\nB\n\n\0\n")).toMatchObject([
      { frame: { command: "A" } },
      { frame: { command: "B" } },
    ]);
  });

  it("take the first of a repeated header", () => {
    expect(only("A\nk:1\nk:2\n\n\0")).toMatchObject({ headers: { k: "1" } });
  });

  it("keep headers whose names mean something to JavaScript", () => {
    const [item] = decode("A\n__proto__:x\n\n\0");
    expect(item?.kind === "frame" && item.frame.headers.get("__proto__")).toBe("x");
  });

  it("end each header at its own first colon", () => {
    expect(only("A\nk:a:b\n\n\0")).toMatchObject({ headers: { k: "a:b" } });
  });

  it("don't share headers or bodies with the next frame", () => {
    expect(decode("A\ncontent-length:1\n\nx\0B\n\nab\0")).toMatchObject([
      { frame: { body: "x" } },
      { frame: { body: "ab" } },
    ]);
    const headers = decode("A\na:1\nb:1\nc:1\n\n\0B\nd:1\n\n\0").map(
      (item) => item.kind === "frame" && [...item.frame.headers.keys()],
    );
    expect(headers).toEqual([["a", "b", "c"], ["d"]]);
  });
});

describe("a partial frame", () => {
  const partialAfter = (...chunks: string[]) => {
    const decoder = new Decoder(limits);
    for (const chunk of chunks) for (const item of decoder.read(chunk)) expect(item.kind).toBe("frame");
    return decoder.isPartial;
  };

  it("is one that has begun and not ended", () => {
    expect(partialAfter("SE")).toBe(true);
    expect(partialAfter("SEND\n")).toBe(true);
    expect(partialAfter("SEND\na:b\n")).toBe(true);
    expect(partialAfter("SEND\n\n", "bo", "dy")).toBe(true);
    expect(partialAfter("SEND\n\nx", "\0")).toBe(false);
    expect(partialAfter("\n", "\r", "\n")).toBe(false);
    expect(partialAfter()).toBe(false);
  });
});

describe("escapes", () => {
  it("are those of the version", () => {
    const input = "A\nk:\\n\\c\\\\\n\n\0";
    expect(only(input, "1.2")).toMatchObject({ headers: { k: "\n:\\" } });
    expect(only(input, "1.1")).toMatchObject({ headers: { k: "\n:\\" } });
    expect(only(input, "1.0")).toMatchObject({ headers: { k: "\\n\\c\\\\" } });
    expect(only("A\nk:\\r\n\n\0", "1.2")).toMatchObject({ headers: { k: "\r" } });
    expect(only("A\nk:\\r\n\n\0", "1.1")).toEqual(violation(/^"\\\\r" is not an escape of STOMP 1.1$/));
  });

  it("count in names too", () => {
    expect(only("A\nk\\ck:v\n\n\0")).toMatchObject({ headers: { "k:k": "v" } });
  });

  it("that are undefined or broken off are fatal", () => {
    expect(only("A\nk:\\t\n\n\0")).toEqual(violation(/^"\\\\t" is not an escape of STOMP 1.2$/));
    expect(only("A\nk:\\\n\n\0")).toEqual(violation(/not an escape/));
  });

  it("mean nothing in CONNECT, STOMP and CONNECTED", () => {
    for (const command of ["CONNECT", "STOMP", "CONNECTED"]) {
      expect(only(`${command}\nk:\\n\n\n\0`)).toMatchObject({ headers: { k: "\\n" } });
    }
  });
});

describe("line ends", () => {
  it("may be CR LF since 1.2", () => {
    expect(only("A\r\nk:v\r\n\r\n\0")).toEqual({ command: "A", headers: { k: "v" }, body: "" });
  });

  it("may be that before a version is agreed on", () => {
    const [item] = [...new Decoder(limits).read("CONNECT\r\nk:v\r\n\r\n\0")];
    expect(item?.kind === "frame" && [...item.frame.headers]).toEqual([["k", "v"]]);
  });

  it("are no CR alone", () => {
    expect(only("\rA\n\n\0")).toMatchObject({ command: "\rA" });
  });

  it("are LF alone before: a CR belongs to the value", () => {
    expect(only("A\nk:v\r\n\n\0", "1.1")).toMatchObject({ headers: { k: "v\r" } });
  });
});

describe("STOMP 1.0", () => {
  it("allows space round a value", () => {
    expect(only("A\nk: v \n\n\0", "1.0")).toMatchObject({ headers: { k: "v" } });
    expect(only("A\nk: v \n\n\0", "1.1")).toMatchObject({ headers: { k: " v " } });
  });
});

describe("content-length", () => {
  it("counts bytes, so that a body may hold NUL", () => {
    expect(only(`A\ncontent-length:4\n\né\0x\0`)).toMatchObject({ body: "é\0x" });
    expect(only(`A\ncontent-length:0\n\n\0`)).toMatchObject({ body: "" });
  });

  it("must be a number", () => {
    for (const value of ["", "x", "-1", "1.5", "0x1", "1e2", " 1"]) {
      expect(decode(`A\ncontent-length:${value}\n\nabc\0`).at(-1), value).toMatchObject({
        kind: "violation",
      });
    }
    const decoder = new Decoder(limits);
    expect([...decoder.read("A\ncontent-length:9x\n\nabc\0")]).toEqual([
      violation(/^content-length must be a number of bytes$/),
    ]);
    const padded = new Decoder(limits);
    expect([...padded.read("A\ncontent-length:x9\n\nabc\0")]).toEqual([violation(/^content-length must be/)]);
  });

  it("that is too short is fatal", () => {
    const decoder = new Decoder(limits);
    expect([...decoder.read("A\ncontent-length:2\n\nabc\0")]).toEqual([
      violation(/longer than its content-length/),
    ]);
  });
});

describe("limits", () => {
  it("hold for the number of headers", () => {
    expect(only("A\na:1\nb:1\nc:1\n\n\0")).toMatchObject({ command: "A" });
    expect(only("A\na:1\na:1\na:1\na:1\n\n\0")).toEqual(
      violation(/^a frame may have at most 3 headers$/, 1009),
    );
  });

  it("hold for the size of a header, finished or not", () => {
    const longest = "k:" + "x".repeat(18);
    expect(only(`A\n${longest}\n\n\0`)).toMatchObject({ headers: { k: "x".repeat(18) } });
    expect(only(`A\n${longest}y\n\n\0`)).toEqual(violation(/^a header may have at most 20 bytes$/, 1009));
    expect(only(`A\n${longest}y`)).toEqual(violation(/a header may have at most 20 bytes/, 1009));
    expect(only("A".repeat(20))).toBeUndefined();
    expect(only("A".repeat(21))).toEqual(violation(/a header may have at most 20 bytes/, 1009));
  });

  it("hold for the size of a body, announced, finished or not", () => {
    expect(only("A\n\n12345678\0")).toMatchObject({ body: "12345678" });
    expect(only("A\n\n123456789\0")).toEqual(violation(/^a body may have at most 8 bytes$/, 1009));
    expect(only("A\n\n12345678")).toBeUndefined();
    expect(only("A\n\n123456789")).toEqual(violation(/a body may have at most 8 bytes/, 1009));
    const decoder = new Decoder(limits);
    expect([...decoder.read("A\ncontent-length:9\n\n")]).toEqual([
      violation(/a body may have at most 8 bytes/, 1009),
    ]);
    const within = new Decoder(limits);
    expect([...within.read("A\ncontent-length:8\n\n12345678\0")]).toMatchObject([
      { frame: { body: "12345678" } },
    ]);
  });
});

describe("malformed input", () => {
  it("is reported with the reason", () => {
    expect(only("A\nnocolon\n\n\0")).toEqual(violation(/^a header must have the form name:value$/));
    expect(only("A\n:v\n\n\0")).toEqual(violation(/name:value/));
    expect(only("SEND\0")).toEqual(violation(/^the frame ends before the blank line/));
    expect(only("A\nk:\0\n\n\0")).toEqual(violation(/^the frame ends before the blank line/));
    expect(only(Buffer.from([65, 10, 10, 0xff, 0]))).toEqual(violation(/^the frame is not valid UTF-8$/));
    expect(only(Buffer.from([0xc0, 10, 10, 0]))).toEqual(violation(/UTF-8/));
  });

  it("is found across chunks", () => {
    const decoder = new Decoder(limits);
    expect([...decoder.read("SEN")]).toEqual([]);
    expect([...decoder.read("\0")]).toEqual([violation(/before the blank line/)]);
  });

  it("ends the reading", () => {
    const decoder = new Decoder(limits);
    expect([...decoder.read("A\n:\n\n\0B\n\n\0")]).toEqual([violation(/name:value/)]);
    expect([...decoder.read("C\n\n\0")]).toEqual([]);
  });

  it("after whole frames leaves those", () => {
    expect(decode("A\n\n\0\0")).toMatchObject([{ kind: "frame" }, { kind: "violation" }]);
  });
});

describe("a byte order mark", () => {
  it("is a character like any other", () => {
    expect(only("A\n\n\ufeffx\0")).toMatchObject({ body: "\ufeffx" });
  });
});
