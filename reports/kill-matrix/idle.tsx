/** @jsxRuntime automatic @jsxImportSource preact */
import { Code, Value } from "../html/cases/value.tsx";
import { count } from "../words/text.ts";
import type { KillMatrix } from "./record.ts";

export const isIdle = ({ idleChecks, requirementsWithoutMutant }: KillMatrix): boolean =>
  (idleChecks ?? []).length + requirementsWithoutMutant.length > 0;

/** Checks of which nobody knows that they can fail, and duties that no mutant neglects. */
export function Idle({ matrix }: { readonly matrix: KillMatrix }) {
  const { idleChecks, requirementsWithoutMutant } = matrix;
  return (
    <>
      {idleChecks === null || idleChecks.length === 0 ? null : (
        <>
          <h3>
            Checks that kill nothing <small>{count(idleChecks.length)}</small>
          </h3>
          <table>
            <thead>
              <tr>
                <th scope="col">requirement</th>
                <th scope="col">check</th>
                <th scope="col" class="number">
                  mutants judged
                </th>
              </tr>
            </thead>
            <tbody>
              {idleChecks.map(({ requirement, check, mutants }) => (
                <tr>
                  <td>
                    <Code of={requirement} max={80} />
                  </td>
                  <td>
                    <Value of={check} max={80} />
                  </td>
                  <td class="number">{count(mutants)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {requirementsWithoutMutant.length === 0 ? null : (
        <>
          <h3>
            MUSTs that no mutant breaks <small>{count(requirementsWithoutMutant.length)}</small>
          </h3>
          <ul class="reasons">
            {requirementsWithoutMutant.map((id) => (
              <li>
                <Code of={id} max={80} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
