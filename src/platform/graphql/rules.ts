/**
 * The validation rules that both transports share, beside those of the GraphQL specification: how much may be
 * asked, which literals cannot be kept, and whether the schema may be read. A rule reports; it never throws,
 * because a thrown error would be an answer of status 500.
 */
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ASTNode,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { textFault } from "./json";
import { limits } from "./limits";
import { measurer, type Size } from "./measure";

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

/** Text and numbers written into the document, of a kind that could not be stored or compared. */
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

/** The rules of the house, to be used together with those of the specification. */
export function houseRules(introspection: boolean): ValidationRule[] {
  const always = [limitSize, refuseUnstorableLiterals];
  return introspection ? always : [...always, NoSchemaIntrospectionCustomRule];
}
