import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, parse, validate, validateSchema } from "graphql";
import { roles } from "../access/identity";
import { buildApi, permissions } from "./api";
import { schemasByRole } from "./role-schemas";

const schemaFor = schemasByRole(buildApi());
const rootFieldsFor = (role: string): string[] => {
  const schema = buildSchema(schemaFor({ role }));
  expect(validateSchema(schema)).toEqual([]);
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
};

describe("the schema of a role", () => {
  it.each(roles)("is valid and has exactly the root fields that %s may use", (role) => {
    const allowed = Object.keys(permissions).filter((field) => {
      const who = permissions[field];
      return who === "PUBLIC" || who?.includes(role);
    });
    expect(rootFieldsFor(role).sort()).toEqual(allowed.sort());
  });

  it("is enough for the operations of the example client", () => {
    const file = path.resolve(__dirname, "../../docs/clients/typescript/operations.graphql");
    const schema = buildSchema(schemaFor({ role: "SUPPLIER_INTEGRATION" }));
    expect(validate(schema, parse(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("says of each root field for whom it is", () => {
    const mutation = buildSchema(schemaFor({ role: "FINANCE" }))
      .getMutationType()
      ?.getFields();
    expect(mutation?.["creditLead"]?.description).toMatch(/\n\nFor FINANCE, ADMIN\.$/);
    expect(mutation?.["signIn"]?.description).toMatch(/\n\nFor everybody, without signing in\.$/);
  });
});
