/**
 * Every argument that takes a day, a month or an instant refuses one that the calendar does not have, as
 * INVALID_INPUT with its path. The arguments are read from the schema, so a new one is tested without being listed.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isListType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
} from "graphql";
import { ask } from "../support/client";
import { answers, campaignInput, newSupplier, type TestSupplier } from "../support/journey";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

const schema = buildSchema(readFileSync(path.join(__dirname, "../../schema.graphql"), "utf8"));
const impossible: Readonly<Record<string, string>> = {
  Day: "2026-02-30",
  Month: "2026-13",
  DateTime: "2026-02-30T09:30:00Z",
};

interface Place {
  readonly field: string;
  readonly argument: string;
  readonly type: string;
  /** Within the argument. */
  readonly path: readonly string[];
  readonly query: string;
  readonly value: unknown;
}

type Inner = Pick<Place, "path" | "value">;

/** Every way to an impossible day inside a value of this type. */
function waysIn(type: GraphQLInputType, above: readonly string[] = []): Inner[] {
  const named = getNamedType(type);
  const wrap = (inner: unknown): unknown => (isListType(getNullableType(type)) ? [inner] : inner);
  const index = isListType(getNullableType(type)) ? ["0"] : [];
  const bad = impossible[named.name];
  if (bad !== undefined) return [{ path: index, value: wrap(bad) }];
  if (!isInputObjectType(named) || above.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field: GraphQLInputField) =>
    waysIn(field.type, [...above, named.name]).map(({ path: inside, value }) => ({
      path: [...index, field.name, ...inside],
      value: wrap({ [field.name]: value }),
    })),
  );
}

function placesIn(operation: string, field: GraphQLField<unknown, unknown>): Place[] {
  const body = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
  return field.args.flatMap((argument: GraphQLArgument) =>
    waysIn(argument.type).map((inner) => {
      const others = field.args.filter(
        ({ name, type }) => name !== argument.name && String(type).endsWith("!"),
      );
      const all = [argument, ...others];
      const declared = all.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
      const passed = all.map(({ name }) => `${name}: $${name}`).join(", ");
      const query = `${operation} (${declared}) { ${field.name}(${passed})${body} }`;
      return { ...inner, field: field.name, argument: argument.name, type: String(argument.type), query };
    }),
  );
}

const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
const places = Object.entries(roots).flatMap(([operation, type]) =>
  Object.values(type?.getFields() ?? {}).flatMap((field) => placesIn(operation, field)),
);

/** The fields whose items are answered one by one. */
const separate = new Set(["reportOutcomes"]);

let server: TestServer;
let supplier: TestSupplier;
useServer(async (started) => {
  server = started.server;
  supplier = await newSupplier(server);
});

it("there are such arguments, of every kind", () => {
  expect(places.length).toBeGreaterThan(20);
  const kinds = new Set(
    places.map(({ value }) => JSON.stringify(value).replaceAll(/.*"(2026[^"]*)".*/g, "$1")),
  );
  expect([...kinds].sort()).toEqual(Object.values(impossible).sort());
});

it.each(
  places
    .filter(({ field }) => !separate.has(field))
    .map((place) => [`${place.field}(${[place.argument, ...place.path].join(".")})`, place] as const),
)(
  "%s refuses a day that the calendar does not have",
  async (_name, { query, argument, path: inside, value }) => {
    const { errors } = await ask(server, null, { query, variables: { [argument]: value } });
    const faults = (errors ?? []).flatMap(
      ({ extensions }) => (extensions as unknown as { faults: { reason: string; field: string }[] }).faults,
    );
    expect(errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
    const within = argument === "input" ? inside : [argument, ...inside];
    const field = within
      .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
      .join("")
      .replace(/^\./, "");
    expect(faults).toContainEqual(expect.objectContaining({ reason: "MALFORMED", field }));
  },
);

describe("a day that is written as text", () => {
  const said = async (
    token: string,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<string[]> => {
    const { errors } = await ask(server, token, { query, variables });
    return [errors?.[0]?.extensions.code ?? "", errors?.[0]?.message ?? ""];
  };

  /** Found by their description. When this list changes, add a test below. */
  it("is taken by few arguments", () => {
    const written = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((field) => [type.name, field] as const);
      return "getFields" in type && !type.name.startsWith("__")
        ? Object.values(type.getFields()).flatMap((field) =>
            "args" in field ? field.args.map((one) => [`${type.name}.${field.name}`, one] as const) : [],
          )
        : [];
    });
    const texts = written.filter(
      ([, { type, description }]) =>
        ["String", "JSON"].includes(getNamedType(type).name) && /YYYY-MM/.test(description ?? ""),
    );
    expect(texts.map(([where, { name }]) => `${where} ${name}`).sort()).toEqual([
      "Account.statement month",
      "AnswerInput value",
      "BankTransferInput receivedOn",
      "CriterionInput max",
      "CriterionInput min",
    ]);
  });

  it("is refused as the month of a statement", async () => {
    const query = "query ($month: String!) { account { statement(month: $month) { month } } }";
    expect(await said(supplier.token, query, { month: "2026-13" })).toEqual([
      "INVALID_INPUT",
      expect.stringContaining("month"),
    ]);
  });

  it("is refused as the day of a bank transfer", async () => {
    const query =
      "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { __typename } }";
    const input = {
      supplierId: supplier.id,
      amountInclVatCents: 1,
      bankReference: "R",
      receivedOn: "2026-02-30",
    };
    expect(await said(server.adminToken, query, { input })).toEqual([
      "INVALID_INPUT",
      expect.stringContaining("receivedOn"),
    ]);
  });

  it("is refused as an answer and as the bound of a criterion", async () => {
    const value = "2026-02-30";
    const asked = [...answers(), { field: "wantedBy", value }];
    const query = "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }";
    const [code, message] = await said(server.formToken, query, {
      input: { product: "NEW_CAR", answers: asked, location: { postcode: "69003" } },
    });
    expect(code).toBe("INVALID_INPUT");
    expect(message).not.toContain(value);
    for (const bound of ["min", "max"]) {
      const campaign = campaignInput({ criteria: [{ field: "wantedBy", [bound]: value }] });
      expect(
        await said(
          supplier.token,
          "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
          {
            input: campaign,
          },
        ),
      ).toEqual(["INVALID_INPUT", expect.stringContaining("wantedBy")]);
    }
  });
});
