/**
 * Default of `deadlines.silentMs`, in milliseconds. Proxies often cut idle connections after 60 s; Spring with heartbeats of
 * 10 s needs at most 50 s.
 */
export const defaultSilentMs = 60_000;

const prefix = "silent-drop-";

/** Kinds of silent drop, as the causes of a record name them after `silent-drop-`. */
export const silentDropKinds = ["packets-lost", "behind-proxy", "frozen"] as const;
export type SilentDropKind = (typeof silentDropKinds)[number];

type SilentDropCause = `${typeof prefix}${SilentDropKind}`;

/** Returns the cause under which records name this kind. */
export const silentDropCause = (kind: SilentDropKind): SilentDropCause => `${prefix}${kind}`;

/** Returns true for the name of a fault that `asSilentDrop` made. */
export const isSilentDrop = (fault: string): boolean => fault.startsWith(prefix);

/** Every cause that `--silent-within` sets a deadline for. */
export const silentDropCauses: readonly SilentDropCause[] = silentDropKinds.map((kind) =>
  silentDropCause(kind),
);

/** Deadlines of a profile that decide about a silent drop, in milliseconds. */
interface SilentDeadlines {
  readonly causes: Readonly<Record<string, number | undefined>>;
  readonly silentMs?: number | undefined;
}

/** Returns the deadline of a silent drop, in milliseconds from the client's last byte to the leave notice. */
export const silentDropMs = (fault: string, { deadlines }: { readonly deadlines: SilentDeadlines }): number =>
  deadlines.causes[fault] ?? deadlines.silentMs ?? defaultSilentMs;
