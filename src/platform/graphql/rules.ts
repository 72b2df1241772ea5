/**
 * The validation rules of all transports, in addition to those of the GraphQL specification: limits on the size
 * of operations, literals that cannot be stored, and introspection. A rule reports errors and never throws,
 * because a thrown error would be answered with status 500.
 */
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  type ASTNode,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { invalid } from "../../shared/errors";
import { textFault } from "./json";
import { limits } from "./limits";
import { measurer, type Size } from "./measure";
import { responseNamesOf } from "./response-names";

const checks: readonly { readonly of: keyof Size; readonly says: (size: number) => string }[] = [
  { of: "depth", says: (n) => `is nested ${n} levels deep; the limit is ${limits.depth}` },
  { of: "aliases", says: (n) => `uses ${count(n)} aliases; the limit is ${limits.aliases}` },
  { of: "directives", says: (n) => `uses ${count(n)} directives; the limit is ${limits.directives}` },
  { of: "rootFields", says: (n) => `asks for ${count(n)} things at once; the limit is ${limits.rootFields}` },
  { of: "fields", says: (n) => `selects ${count(n)} fields; the limit is ${limits.fields}` },
];

const count = (size: number): string => (size > 1_000_000 ? "over a million" : String(size));

export function limitSize(context: ValidationContext): ReturnType<ValidationRule> {
  const measure = measurer((name) => context.getFragment(name));
  return {
    OperationDefinition: (operation) => {
      const size = measure(operation.selectionSet);
      const directives = size.directives + directivesOf(operation);
      for (const problem of problemsOf({ ...size, directives })) report(context, problem, operation);
    },
  };
}

function directivesOf(operation: OperationDefinitionNode): number {
  const onVariables = operation.variableDefinitions?.flatMap(({ directives }) => directives ?? []) ?? [];
  return onVariables.length + (operation.directives?.length ?? 0);
}

function problemsOf(size: Size): string[] {
  return checks
    .filter(({ of }) => size[of] > limits[of])
    .map(({ of, says }) => `This operation ${says(size[of])}. Ask for less, in several requests.`);
}

/** Refuses a mutation with several fields: a later one that fails would take the answers of the earlier ones with it. */
export function oneMutationField(context: ValidationContext): ReturnType<ValidationRule> {
  return {
    OperationDefinition: (operation) => {
      if (operation.operation !== OperationTypeNode.MUTATION) return;
      const names = responseNamesOf(operation.selectionSet, (name) => context.getFragment(name));
      if (names.size <= 1) return;
      const message = `One operation carries one mutation; this one carries ${String(names.size)}. Send each in an operation of its own.`;
      const originalError = invalid(message, { reason: "ONE_MUTATION_PER_OPERATION" });
      context.reportError(new GraphQLError(message, { nodes: operation, originalError }));
    },
  };
}

/** Refuses literals in the document that cannot be stored or compared. */
export function refuseUnstorableLiterals(context: ValidationContext): ReturnType<ValidationRule> {
  return {
    StringValue: (node) => {
      const fault = textFault(node.value);
      if (fault) report(context, `A text in the document ${fault}.`, node);
    },
    FloatValue: (node) => {
      if (!Number.isFinite(Number(node.value)))
        report(context, "A number in the document is too large.", node);
    },
  };
}

function report(context: ValidationContext, message: string, node: ASTNode): void {
  context.reportError(new GraphQLError(message, { nodes: node }));
}

/** Use them together with the rules of the specification. */
export function ownRules(introspection: boolean): ValidationRule[] {
  const always = [limitSize, oneMutationField, refuseUnstorableLiterals];
  return introspection ? always : [...always, NoSchemaIntrospectionCustomRule];
}
