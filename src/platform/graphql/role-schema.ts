/**
 * The part of the schema that one role can use: its root fields, and the types that can be reached from them. Types
 * that implement a reachable interface stay, because an answer can contain them.
 */
import {
  Kind,
  parse,
  print,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  type TypeDefinitionNode,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import type { Permissions } from "./permissions";

/** What a caller without a role may use. */
export const everybody = "PUBLIC";

export function schemaForRole(schema: GraphQLSchema, permissions: Permissions, role: string): string {
  const document = parse(printSchema(lexicographicSortSchema(schema)));
  const mayUse = (field: string): boolean => {
    const allowed = permissions[field];
    return allowed === "PUBLIC" || (allowed?.includes(role) ?? false);
  };
  const own = {
    ...document,
    definitions: document.definitions.flatMap((type) => withRootFields(type, mayUse)),
  };
  return `${print(pruned(own))}\n`;
}

const roots = new Set(["Query", "Mutation", "Subscription"]);

/** A root type with the fields that may be used, nothing if there are none, and any other definition as it is. */
function withRootFields(definition: DefinitionNode, mayUse: (field: string) => boolean): DefinitionNode[] {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || !roots.has(definition.name.value))
    return [definition];
  const fields = definition.fields?.filter(({ name }) => mayUse(name.value)) ?? [];
  return fields.length > 0 ? [{ ...definition, fields }] : [];
}

function pruned(document: DocumentNode): DocumentNode {
  const types = new Map(document.definitions.filter(isType).map((type) => [type.name.value, type]));
  const implementers = implementersOf([...types.values()]);
  const reached = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const type = types.get(name);
    if (!type || reached.has(name)) continue;
    reached.add(name);
    open.push(...namesIn(type), ...(implementers.get(name) ?? []));
  }
  const definitions = document.definitions.filter(
    (definition) => !isType(definition) || reached.has(definition.name.value),
  );
  return { ...document, definitions };
}

const isType = (definition: DefinitionNode): definition is TypeDefinitionNode =>
  definition.kind.endsWith("TypeDefinition");

/** The types that a definition names: of fields, arguments, members and interfaces. */
function namesIn(type: TypeDefinitionNode): string[] {
  const names: string[] = [];
  visit(type, { NamedType: ({ name }) => void names.push(name.value) });
  return names;
}

function implementersOf(types: readonly TypeDefinitionNode[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const type of types) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name } of type.interfaces ?? [])
      found.set(name.value, [...(found.get(name.value) ?? []), type.name.value]);
  }
  return found;
}
