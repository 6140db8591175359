import type { RunRecord } from "../../harness/judge/record.ts";

/** Returns `read` with its result for each record kept, because every format reads the same. Records never change. */
export function perRecord<Result>(read: (record: RunRecord) => Result): (record: RunRecord) => Result {
  const results = new WeakMap<RunRecord, { readonly result: Result }>();
  return (record) => {
    const known = results.get(record) ?? { result: read(record) };
    results.set(record, known);
    return known.result;
  };
}
