/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord, RunRecord } from "../../../harness/judge/record.ts";
import { findAgain, type AgainCommand, type SearchedSession } from "../../read/find-again.ts";
import { Fact } from "../fact.tsx";
import { Code, Value } from "./value.tsx";

/**
 * Facts by which a finding is found again: the time and the session in the server's own log, the command that runs the
 * case again, with a button that copies it, and the scenario's source.
 */
export function FindAgain({ of: run, record }: { readonly of: CaseRecord; readonly record: RunRecord }) {
  const { at, sessions, command, source } = findAgain(run, record);
  if (at === undefined && sessions.length === 0 && command === undefined && source === undefined) return null;
  return (
    <section class="find-again">
      <h4>To find it again</h4>
      <dl>
        {at === undefined ? null : (
          <Fact term="When">
            <Value of={at.time} max={40} />{" "}
            <small>
              <Value of={at.of} max={80} />
            </small>
          </Fact>
        )}
        {sessions.length === 0 ? null : (
          <Fact term="In the server's log">
            <ul>
              {sessions.map((session) => (
                <Searched of={session} />
              ))}
            </ul>
          </Fact>
        )}
        {command === undefined ? null : (
          <Fact term="Run it">
            <Command of={command} />
          </Fact>
        )}
        {source === undefined ? null : (
          <Fact term="Source">
            {source.url === undefined ? (
              <Code of={source.file} max={160} />
            ) : (
              <a href={source.url}>
                <Code of={source.file} max={160} />
              </a>
            )}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Searched({
  of: { actor, transport, sessionId, clients, opened },
}: {
  readonly of: SearchedSession;
}) {
  return (
    <li>
      <Value of={actor} max={40} />:{" "}
      {sessionId === null ? null : (
        <>
          session <Code of={sessionId} max={80} />,{" "}
        </>
      )}
      {clients.map((client) => (
        <>
          client <Code of={client} max={80} />,{" "}
        </>
      ))}
      <Value of={transport} max={40} />
      {opened === undefined ? null : (
        <small>
          {" "}
          opened <Value of={opened} max={40} />
        </small>
      )}
    </li>
  );
}

/** Command with a button that copies it. The page's script shows the button, which does nothing without it. */
export function Command({ of: { line, remark } }: { readonly of: AgainCommand }) {
  return (
    <>
      <code class="command">{line}</code>{" "}
      <button type="button" class="copy" hidden>
        copy
      </button>
      {remark === undefined ? null : <small> {remark}</small>}
    </>
  );
}
