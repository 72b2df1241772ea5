import { buildSchema, isObjectType } from "graphql";
import { everybody, schemaForRole } from "./role-schema";

const schema = buildSchema(`
  type Query { feed: Event  books(filter: BookFilter): Books  me: Me }
  type Mutation { signIn: Me }
  "An event." interface Event { at: Int }
  type Matched implements Event { at: Int  lead: Lead }
  type Lead { id: ID }
  type Books { result: Proof }
  union Proof = Good | Bad
  type Good { a: Int }
  type Bad { a: Int }
  input BookFilter { kind: Kind }
  enum Kind { A }
  type Me { name: String }
`);
const permissions = {
  feed: ["SALES"],
  books: ["FINANCE"],
  me: ["SALES", "FINANCE"],
  signIn: "PUBLIC",
} as const;

const typesFor = (role: string): string[] =>
  Object.values(buildSchema(schemaForRole(schema, permissions, role)).getTypeMap())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith("__") && !["Boolean", "ID", "Int", "String"].includes(name))
    .sort();

describe("schemaForRole", () => {
  it("keeps what can be reached from the role's root fields, implementations included", () => {
    expect(typesFor("SALES")).toEqual(["Event", "Lead", "Matched", "Me", "Mutation", "Query"]);
  });

  it("keeps inputs, enums and members of unions", () => {
    expect(typesFor("FINANCE")).toEqual(
      ["Bad", "BookFilter", "Books", "Good", "Kind", "Me", "Mutation", "Proof", "Query"].sort(),
    );
  });

  it("leaves out root fields of other roles, and keeps descriptions", () => {
    const sdl = schemaForRole(schema, permissions, "SALES");
    const query = buildSchema(sdl).getQueryType();
    expect(isObjectType(query) && Object.keys(query.getFields())).toEqual(["feed", "me"]);
    expect(sdl).toContain('"""An event."""');
  });

  it("leaves out a root type of which the role may use nothing", () => {
    expect(schemaForRole(schema, permissions, everybody)).not.toContain("type Query");
    expect(schemaForRole(schema, permissions, everybody)).toContain("signIn: Me");
  });
});
