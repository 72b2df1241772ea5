/**
 * Says which argument a variable fills, so that a fault is reported at the place of the schema whatever the client
 * calls its variable.
 */
import {
  BREAK,
  Kind,
  visit,
  type ObjectFieldNode,
  type OperationDefinitionNode,
  type ValueNode,
} from "graphql";

type Path = readonly (string | number)[];

/** The first place of the operation that the variable fills, or the variable's own name if only a fragment uses it. */
export function argumentPathOf(operation: OperationDefinitionNode, variable: string): Path {
  const found: Path[] = [];
  visit(operation, {
    Argument: ({ name, value }) => {
      const inside = pathIn(value, variable);
      if (inside === null) return undefined;
      found.push([name.value, ...inside]);
      return BREAK;
    },
  });
  return found[0] ?? [variable];
}

function pathIn(value: ValueNode, variable: string): Path | null {
  if (value.kind === Kind.VARIABLE) return value.name.value === variable ? [] : null;
  if (value.kind === Kind.LIST) return firstPath(value.values, variable, (_item, index) => index);
  if (value.kind === Kind.OBJECT) return firstPath(value.fields, variable, (field) => field.name.value);
  return null;
}

function firstPath<T extends ValueNode | ObjectFieldNode>(
  parts: readonly T[],
  variable: string,
  keyOf: (part: T, index: number) => string | number,
): Path | null {
  for (const [index, part] of parts.entries()) {
    const inside = pathIn(part.kind === Kind.OBJECT_FIELD ? part.value : part, variable);
    if (inside !== null) return [keyOf(part, index), ...inside];
  }
  return null;
}

/** The path as text, such as `caps[0].limit`. The argument `input` itself is left out; null stands for all of it. */
export function fieldPath(path: Path): string | null {
  const inside = path[0] === "input" ? path.slice(1) : path;
  const text = inside.map((key) => (typeof key === "number" ? `[${String(key)}]` : `.${key}`)).join("");
  return text === "" ? null : text.replace(/^\./, "");
}
