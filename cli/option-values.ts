import { InvalidArgumentError } from "commander";
import type { Shard } from "./shards/split.ts";

/** Reads `2/4` as a shard. */
export function shard(text: string): Shard {
  const [, index, of] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new InvalidArgumentError("It must be i/n, such as 1/4.");
  return { index, of };
}

/** Reads `20s`, `1500ms` or `1m` as milliseconds, from 1 ms to an hour, as for every deadline of a profile. */
export function durationMs(text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  const factors: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
  const ms = Math.round(Number(number) * (factors[unit] ?? 1));
  if (!(ms >= 1 && ms <= 3_600_000))
    throw new InvalidArgumentError("It must be a duration from 1ms to 60m, such as 20s.");
  return ms;
}

/** Reads a number above 0, which may have decimals. */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

/** Reads a whole number from 0 on that fits 31 bits, such as a seed. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number >= 2 ** 31)
    throw new InvalidArgumentError("It must be a whole number from 0 to 2147483647.");
  return number;
}

/** Reads a whole number from 1 on. */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return number;
}
