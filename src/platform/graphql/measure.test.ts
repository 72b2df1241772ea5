import fc from "fast-check";
import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";
import { measurer, type Size } from "./measure";

function sizeOf(source: string): Size {
  const { definitions } = parse(source);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as {
    selectionSet: SelectionSetNode;
  };
  return measurer((name) => fragments.get(name))(operation.selectionSet);
}

describe("the size of an operation", () => {
  it("counts levels, fields, aliases and directives, through fragments of both kinds", () => {
    const source = `{ a: one @skip(if: false) { two { ...f } ... on T @include(if: true) { three } } four }
      fragment f on T { five { b: six } }`;
    expect(sizeOf(source)).toEqual({ depth: 4, fields: 6, rootFields: 2, aliases: 2, directives: 2 });
  });

  it("counts the root fields that a fragment brings", () => {
    expect(sizeOf("{ ...f ...f } fragment f on Query { a b }")).toMatchObject({ rootFields: 4, fields: 4 });
  });

  it("does not count the depth of introspection", () => {
    expect(sizeOf("{ __schema { types { fields { type { name } } } } }").depth).toBe(1);
  });

  it("terminates on fragments that include each other", () => {
    expect(sizeOf("{ ...a } fragment a on Q { x { ...b } } fragment b on Q { y { ...a } }").fields).toBe(2);
  });

  it("equals the size of the operation with every fragment inlined", () => {
    // Fragment i uses only later fragments, so that inlining terminates.
    const usesOf = (i: number, count: number) =>
      fc.array(fc.integer({ min: i + 1, max: count - 1 }), { maxLength: 3 });
    const uses = fc.tuple(
      ...Array.from({ length: 6 }, (_, i) => (i < 5 ? usesOf(i, 6) : fc.constant([] as number[]))),
    );
    fc.assert(
      fc.property(uses, (all) => {
        const spread = (i: number): string =>
          `x${i} ${(all[i] ?? []).map((n) => `in { ...f${n} }`).join(" ")}`;
        const inline = (i: number): string =>
          `x${i} ${(all[i] ?? []).map((n) => `in { ${inline(n)} }`).join(" ")}`;
        const fragments = all.map((_, i) => `fragment f${i} on T { ${spread(i)} }`).join("\n");
        expect(sizeOf(`{ ...f0 } ${fragments}`)).toEqual(sizeOf(`{ ${inline(0)} }`));
      }),
      { numRuns: 50 },
    );
  });

  it("is computed in linear time, even when it is astronomical", () => {
    const doubling = Array.from(
      { length: 150 },
      (_, i) => `fragment f${i} on T { ...f${i + 1} ...f${i + 1} }`,
    );
    const source = `{ ...f0 } ${doubling.join("\n")} fragment f150 on T { x }`;
    expect(sizeOf(source).fields).toBe(2 ** 150);
  });
});
