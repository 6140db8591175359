/** Keys of a profile that contradict each other, or that need another key. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Values of a profile that may be invalid elsewhere, so that all errors are reported together. */
export type Loose = Readonly<Record<string, unknown>>;

export const loose = (value: unknown): Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};
export const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const has = (value: unknown): boolean => value !== undefined;

/** Returns the names in braces whose values differ from client to client: {client}, and those that `before` takes for each client. */
export const ownNames = (before: unknown): string[] => [
  "client",
  ...listed(before).flatMap((request) => {
    const { per = "client", take } = loose(request);
    return per === "client" ? Object.keys(loose(take)) : [];
  }),
];

/** Returns true for a regular expression with a capturing group. */
export const hasGroup = (pattern: string): boolean => /(?<!\\)\((?!\?[:=!]|\?<[=!])/.test(pattern);
