import type { AnyNode, Expression, Node, Pattern, Program } from "acorn";
import { full } from "acorn-walk";
import type { Constants } from "./text-pieces.ts";

/** Returns the names that get one value in the whole program. Other names may have any value. */
export function constantsIn(program: Program): Constants {
  const values = new Map<string, Expression>();
  const given = new Map<string, number>();
  const give = (name: string, value: Expression | null | undefined) => {
    const isNothing = value?.type === "Literal" && (value.value === null || value.value === "");
    if (value === undefined || isNothing) return;
    given.set(name, (given.get(name) ?? 0) + 1);
    if (value !== null) values.set(name, value);
  };
  full(program, (node: AnyNode) => {
    switch (node.type) {
      case "VariableDeclarator":
        if (node.id.type === "Identifier") give(node.id.name, node.init ?? undefined);
        else for (const name of namesIn(node.id)) give(name, null);
        break;
      case "AssignmentExpression":
        if (node.left.type === "Identifier") give(node.left.name, node.operator === "=" ? node.right : null);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        for (const name of node.params.flatMap(namesIn)) give(name, null);
        break;
      default:
    }
  });
  return new Map([...values].filter(([name]) => given.get(name) === 1));
}

/** Returns the names that a pattern binds. */
function namesIn(pattern: Pattern): string[] {
  const names: string[] = [];
  full(pattern as Node, (node: AnyNode) => {
    if (node.type === "Identifier") names.push(node.name);
  });
  return names;
}
