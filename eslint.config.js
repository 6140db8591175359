import { defineConfig } from "eslint/config";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Imports run one way; see ARCHITECTURE.md, "Rooms". Each room may import itself and the rooms listed. */
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
const names = [...Object.keys(rooms), "cli", "tools"];
const zones = Object.entries(rooms).map(([room, allowed]) => ({
  target: `./${room}`,
  from: names.filter((name) => name !== room && !allowed.includes(name)).map((name) => `./${name}`),
  message: `${room}/ may import ${["itself", ...allowed].join(", ")} only; see ARCHITECTURE.md.`,
}));

export default defineConfig(
  { ignores: ["node_modules/", "hangup-report/", "implementations/*/src/", "implementations/*/target/"] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".tsx", ".js"] } } },
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "import-x/no-cycle": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
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
  { files: ["**/*.test.ts", "**/*.test.tsx"], rules: { "max-lines-per-function": "off" } },
);
