import { graphql, printSchema } from "graphql";
import { Arg, Field, InputType, Mutation, Query, Resolver, Subscription } from "type-graphql";
import { applyOneOf } from "./one-of";
import { buildApiSchema, Cents, DateTime, Json, markOneOf } from "./build-schema";

@InputType("PlaceInputForTest")
class PlaceInput {
  @Field(() => String, { nullable: true })
  country?: string;

  @Field(() => String, { nullable: true })
  postcode?: string;
}
markOneOf("PlaceInputForTest");

let resolved = 0;

@Resolver()
class ThingResolver {
  @Query(() => String)
  greeting(): string {
    return "hello";
  }

  @Query(() => String)
  place(@Arg("where", () => PlaceInput) where: PlaceInput): string {
    return JSON.stringify(where);
  }

  @Query(() => Date)
  moment(@Arg("value", () => Json) value: unknown, @Arg("cents", () => Cents) cents: number): Date {
    return new Date(Number(value) + cents);
  }

  @Mutation(() => Boolean)
  spend(): boolean {
    resolved += 1;
    return true;
  }

  @Subscription(() => String, { subscribe: () => (async function* () {})() })
  news(): string {
    return "news";
  }
}

const permissions = {
  greeting: "PUBLIC",
  place: "PUBLIC",
  moment: "PUBLIC",
  spend: ["ADMIN", "FINANCE"],
  news: ["SUPPLIER_SALES"],
} as const;

const schema = buildApiSchema([ThingResolver], { permissions });
const ask = (source: string, principal: { role: string } | null = null) =>
  graphql({ schema, source, contextValue: { principal } });

describe("buildApiSchema", () => {
  it("throws when a root field has no permission", () => {
    const { spend: _forgotten, ...rest } = permissions;
    expect(() => buildApiSchema([ThingResolver], { permissions: rest })).toThrow(
      "These root fields have no permission: spend.",
    );
  });

  it("uses our DateTime scalar for every Date", () => {
    expect(schema.getType("DateTime")).toBe(DateTime);
    expect(schema.getType("DateTimeISO")).toBeUndefined();
  });

  it("prints and enforces @oneOf", async () => {
    expect(printSchema(schema)).toContain("input PlaceInputForTest @oneOf {");
    expect((await ask('{ place(where: { country: "FR" }) }')).data).toEqual({ place: '{"country":"FR"}' });
    const both = await ask('{ place(where: { country: "FR", postcode: "75001" }) }');
    expect(both.errors?.[0]?.message).toContain("must specify exactly one key");
    expect((await ask("{ place(where: {}) }")).errors?.[0]?.message).toContain("exactly one key");
  });

  it("refuses markOneOf for a name that is not an input type", () => {
    expect(() => {
      applyOneOf(schema, ["NoSuchInput"]);
    }).toThrow('markOneOf("NoSuchInput") names no input type.');
  });
});

describe("a root field", () => {
  it("answers anonymous callers when it is public", async () => {
    expect((await ask("{ greeting }")).data).toEqual({ greeting: "hello" });
  });

  it("is not resolved for an anonymous caller or a caller with another role", async () => {
    const anonymous = await ask("mutation { spend }");
    const wrong = await ask("mutation { spend }", { role: "SUPPLIER_SALES" });
    expect(anonymous.errors?.[0]?.originalError).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(wrong.errors?.[0]?.originalError).toMatchObject({ code: "FORBIDDEN" });
    expect(resolved).toBe(0);
    await ask("mutation { spend }", { role: "FINANCE" });
    expect(resolved).toBe(1);
  });

  it("of a subscription checks the role before its source is opened", () => {
    const open = (principal: { role: string } | null): unknown =>
      schema
        .getSubscriptionType()
        ?.getFields()
        ["news"]?.subscribe?.({}, {}, { principal }, {} as never);
    expect(() => open(null)).toThrow("Sign in first");
    expect(() => open({ role: "ADMIN" })).toThrow("SUPPLIER_SALES");
    expect(open({ role: "SUPPLIER_SALES" })).toBeDefined();
  });
});
