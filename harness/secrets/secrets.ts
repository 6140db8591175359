import { jsonOrUndefined, leavesOf, mapTexts } from "../util/json.ts";
import { formsOf } from "./forms.ts";
import { plainOf, type Plain } from "./plain.ts";

/**
 * Shortest text that is searched for, in characters. Shorter values ("1", "true", "guest") occur by chance, and masking
 * each occurrence would spoil a record. They are masked at their place in the profile only.
 */
export const recognizableFrom = 6;

/** Texts of ordinary headers. Neither they nor their parts are secrets. */
const commonWords = [
  ...["disconnect", "identify"],
  ...["application/json", "text/plain", "keep-alive", "no-cache", "XMLHttpRequest", "localhost", "127.0.0.1"],
];

/** A mask in a text. It is never masked again. */
const maskPattern = /\[masked \d+(?:\.\d+)?\]/y;

/** Texts with a common beginning, each with the number of its secret; and their lengths, the longest first. */
interface Alike {
  readonly numbers: Map<string, number>;
  lengths: number[];
}

/**
 * Values that no output may contain. They are learned from the profile, from filled templates and from answers. In a text
 * each becomes `[masked 3]`, in another encoding `[masked 3.2]`. Different names so stay different.
 */
export class Secrets {
  readonly #numbers = new Map<string, number>();
  /** Known texts by their first characters. */
  readonly #known = new Map<string, Alike>();
  /** 1 for each pair of characters that starts a known text, by `pairAt`. Most of a text is skipped by it. */
  readonly #beginnings = new Uint8Array(0x10000);
  readonly #public = [...commonWords];
  /** Encodings in which each secret was found, by the secret's number. */
  readonly #writings = new Map<number, string[]>();

  /** Learns a value, and the credentials in it. */
  learn(value: string): void {
    for (const part of partsOf(value)) this.#add(part);
  }

  /** Learns the user info and the query of an address. The address need not be valid. */
  learnAddress(address: string): void {
    const { userInfo, query } = addressParts(address);
    for (const part of userInfo.split(":")) this.learn(decoded(part));
    for (const pair of query.split("&")) {
      const value = pair.replace(/^[^=]*=/, "");
      this.learn(value);
      this.learn(decoded(value.replaceAll("+", " ")));
    }
  }

  /** Declares a text public, with all its parts. They are no secrets, wherever else they occur. */
  publish(text: string): void {
    if (text === "" || this.#public.includes(text)) return;
    this.#public.push(text);
    for (const [value, number] of this.#numbers) {
      if (text.includes(value)) this.#forget(value, number);
    }
  }

  /** Returns true if a text was declared public. */
  isPublic(text: string): boolean {
    return this.#public.some((known) => known.includes(text));
  }

  /** Masks every secret in a text, in any encoding. A secret cut off by the text's end or an ellipsis is masked, too. */
  mask(text: string): string {
    if (this.#known.size === 0) return text;
    const plain = plainOf(text);
    let masked = "";
    let from = 0;
    let at = 0;
    while (at <= plain.text.length - recognizableFrom) {
      const maskLength = plain.text[at] === "[" ? maskLengthAt(plain.text, at) : 0;
      const found = maskLength > 0 ? undefined : this.#foundAt(plain, at);
      if (found === undefined) {
        at += Math.max(1, maskLength);
        continue;
      }
      const [start, end] = [plain.startOf(at), plain.endOf(at + found.length - 1)];
      masked += text.slice(from, start) + this.#maskOf(found.number, text.slice(start, end));
      at += found.length;
      from = end;
    }
    return from === 0 ? text : masked + text.slice(from);
  }

  /**
   * Masks every text of a JSON-like value, at any depth.
   * @param kept keys whose texts stay as they are
   */
  maskAll<T>(value: T, kept: ReadonlySet<string> = new Set()): T {
    if (this.#known.size === 0) return value;
    const change = (text: string, key = "") => (kept.has(key) ? text : this.mask(text));
    return mapTexts(value, change) as T;
  }

  #add(value: string): void {
    if (value.length < recognizableFrom || this.#numbers.has(value) || this.isPublic(value)) return;
    const number = this.#numbers.size + 1;
    this.#numbers.set(value, number);
    this.#writings.set(number, [value]);
    for (const form of formsOf(value)) this.#know(plainOf(form).text, number);
  }

  #know(plain: string, number: number): void {
    if (plain.length < recognizableFrom) return;
    const head = plain.slice(0, recognizableFrom);
    const alike = this.#known.get(head) ?? { numbers: new Map<string, number>(), lengths: [] };
    this.#known.set(head, alike);
    this.#beginnings[pairAt(plain, 0)] = 1;
    if (!alike.numbers.has(plain)) alike.numbers.set(plain, number);
    if (!alike.lengths.includes(plain.length))
      alike.lengths = [...alike.lengths, plain.length].toSorted((a, b) => b - a);
  }

  #forget(value: string, number: number): void {
    for (const form of formsOf(value)) {
      const plain = plainOf(form).text;
      const numbers = this.#known.get(plain.slice(0, recognizableFrom))?.numbers;
      if (numbers?.get(plain) === number) numbers.delete(plain);
    }
  }

  #foundAt({ text }: Plain, at: number): { readonly number: number; readonly length: number } | undefined {
    if (this.#beginnings[pairAt(text, at)] === 0) return undefined;
    const alike = this.#known.get(text.slice(at, at + recognizableFrom));
    if (alike === undefined) return undefined;
    for (const length of alike.lengths) {
      const number = alike.numbers.get(text.slice(at, at + length));
      if (number !== undefined) return { number, length };
    }
    const rest = text.slice(at, at + (alike.lengths[0] ?? 0) + ellipsis.length);
    const length = rest.search(cutOff);
    if (length < recognizableFrom || (length === rest.length && at + length < text.length)) return undefined;
    const start = rest.slice(0, length);
    const whole = [...alike.numbers].find(([plain]) => plain.startsWith(start));
    return whole && { number: whole[1], length };
  }

  #maskOf(number: number, writing: string): string {
    const writings = this.#writings.get(number) ?? [];
    if (!writings.includes(writing)) writings.push(writing);
    const place = writings.indexOf(writing);
    return place === 0 ? `[masked ${number}]` : `[masked ${number}.${place + 1}]`;
  }
}

/** Secrets of this process. There is one place for them, because every output needs all of them. */
export const secrets = new Secrets();

/** Returns a number for two characters. Few pairs share one. */
const pairAt = (text: string, at: number) => (text.charCodeAt(at) * 251 + text.charCodeAt(at + 1)) & 0xffff;

/** An ellipsis in plain text, as UTF-8 bytes. */
const ellipsis = plainOf("…").text;
/** End of an abbreviated text. */
const cutOff = new RegExp(`${ellipsis}|\\.\\.\\.|$`);

function maskLengthAt(text: string, at: number): number {
  maskPattern.lastIndex = at;
  return maskPattern.exec(text)?.[0].length ?? 0;
}

const scheme = /^(?:basic|bearer|digest|negotiate|token)(?:\s+|$)/i;
const pairs = /^[^=;\s]+=[^;]*(?:;\s*[^=;\s]+=[^;]*)*;?$/;

/** Returns a value and the credentials in it: without scheme or padding, decoded, of each cookie, of each JSON text. */
function partsOf(value: string): string[] {
  const text = value.trim();
  const credentials = text.replace(scheme, "");
  if (credentials === "") return [];
  const parts = [text, text.replace(/=+$/, ""), decoded(text)];
  if (credentials !== text) parts.push(...partsOf(credentials), ...basicParts(text));
  if (pairs.test(text))
    parts.push(...text.split(/;\s*/).flatMap((pair) => partsOf(pair.replace(/^[^=]*=/, ""))));
  if (/^[[{]/.test(text)) parts.push(...leavesOf(jsonOrUndefined(text)).flatMap(partsOf));
  return parts;
}

/** Returns user and password of HTTP's basic authentication (RFC 7617). */
function basicParts(value: string): string[] {
  const [, encoded] = /^basic\s+([\w+/=-]+)$/i.exec(value) ?? [];
  if (encoded === undefined) return [];
  const text = Buffer.from(encoded, "base64").toString();
  const [user = "", ...password] = text.split(":");
  return [text, user, password.join(":")];
}

/** Splits an address or a path, without decoding. */
export function addressParts(address: string) {
  const [, origin = "", userInfo = "", host = "", path = "", query = ""] =
    /^((?:[a-z][a-z0-9+.-]*:)?\/\/)?(?:([^/?#@]*)@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(address) ?? [];
  return origin === "" && userInfo === ""
    ? { origin, userInfo, host: "", path: host + path, query }
    : { origin, userInfo, host, path, query };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
