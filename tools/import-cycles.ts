import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { preProcessFile } from "typescript";

/**
 * Returns the import cycles among `files`, each as the paths along it. ESLint's `import-x/no-cycle` ignores type-only
 * imports; this function counts them. Paths are relative to `root`.
 */
export async function findImportCycles(root: string, files: readonly string[]): Promise<string[][]> {
  const importsOf = new Map<string, readonly string[]>();
  for (const file of files) {
    const { importedFiles } = preProcessFile(await readFile(resolve(root, file), "utf8"));
    const imports = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
    importsOf.set(
      file,
      imports.map((name) => relative(root, resolve(root, dirname(file), name)).replaceAll("\\", "/")),
    );
  }
  return cyclesIn(importsOf);
}

/** Returns one cycle for each import that leads back to a file on the current path of a depth-first search. */
export function cyclesIn(importsOf: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    const start = path.indexOf(file);
    if (start !== -1) {
      cycles.push([...path.slice(start), file]);
      return;
    }
    if (finished.has(file)) return;
    path.push(file);
    for (const next of importsOf.get(file) ?? []) visit(next);
    path.pop();
    finished.add(file);
  };
  for (const file of importsOf.keys()) visit(file);
  return cycles;
}
