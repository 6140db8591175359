import { defineConfig } from "eslint/config";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Rooms of the project. Each room may import itself and the rooms listed; see ARCHITECTURE.md. */
/** @type {Record<string, string[]>} */
const rooms = {
  "reference-server": [],
  "browser-fixtures": ["harness"],
  harness: [],
  doctor: ["harness"],
  scenarios: ["harness", "browser-fixtures"],
  reports: ["harness"],
  simulation: ["harness", "reference-server"],
  mutants: ["reference-server"],
};

/** Floors of harness/, the lowest first. Each floor may import itself and the floors listed. */
/** @type {Record<string, string[]>} */
const floors = {
  util: [],
  secrets: ["util"],
  profile: ["util", "secrets"],
  history: ["util", "secrets", "profile"],
  judge: ["util", "profile", "history"],
  network: ["util", "profile", "history"],
  clients: ["util", "secrets", "profile", "history", "network"],
  stage: ["util", "secrets", "profile", "history", "network", "clients"],
  scenario: ["util", "profile", "history", "judge", "network", "clients", "stage"],
  run: ["util", "secrets", "profile", "history", "judge", "network", "clients", "stage", "scenario"],
};

/**
 * Makes a rule: each part may import only itself and the parts that it lists.
 * @param {string} base
 * @param {Record<string, string[]>} parts
 * @param {string[]} others
 */
const zonesOf = (base, parts, others) =>
  Object.entries(parts).flatMap(([part, allowed]) => {
    const from = [...Object.keys(parts), ...others]
      .filter((name) => name !== part && !allowed.includes(name))
      .map((name) => `${base}/${name}`);
    const message = `${part}/ may import ${["itself", ...allowed].join(", ")} only; see ARCHITECTURE.md.`;
    return from.length === 0 ? [] : [{ target: `${base}/${part}`, from, message }];
  });

/**
 * @param {ReturnType<typeof zonesOf>} zones
 * @returns {import("eslint").Linter.RuleEntry}
 */
const importPaths = (zones) => ["error", { basePath: import.meta.dirname, zones }];
/** @type {Record<string, string[]>} */
const productRooms = {
  ...rooms,
  cli: [...Object.keys(rooms)],
  tools: [...Object.keys(rooms), "cli", "testing"],
};

export default defineConfig(
  {
    ignores: [
      "node_modules/",
      "dist/",
      "hangup-report/",
      "implementations/*/src/",
      "implementations/*/target/",
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".tsx", ".js"] } } },
    rules: {
      "import-x/no-restricted-paths": importPaths([
        ...zonesOf(".", productRooms, ["testing"]),
        ...zonesOf("./harness", floors, []),
      ]),
      "import-x/no-cycle": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Libraries that type their options as classes still take plain objects.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  { files: ["cli/**", "setup/**", "tools/**"], rules: { "no-console": "off" } },
  {
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "max-lines-per-function": "off",
      // Tests hold tables.
      "max-lines": ["error", { max: 360, skipBlankLines: true, skipComments: true }],
      // Tests may also import testing/, and in harness/ any floor.
      "import-x/no-restricted-paths": importPaths(zonesOf(".", rooms, ["cli", "tools"])),
    },
  },
);
