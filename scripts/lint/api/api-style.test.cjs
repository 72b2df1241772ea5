const { buildSchema } = require("graphql");
const { problemsOf } = require("./check.cjs");

const good = `
  "An amount."
  scalar Cents @specifiedBy(url: "https://example.org")
  "An instant."
  scalar DateTime @specifiedBy(url: "https://example.org")
  "A day."
  scalar Day @specifiedBy(url: "https://example.org")
  "A month."
  scalar Month @specifiedBy(url: "https://example.org")
  "A value."
  scalar JSON @specifiedBy(url: "https://example.org")
  "A language."
  enum Language { "French." FR }
  "A refusal."
  interface Refusal { "What." message: String! }
  "A garage."
  type Garage {
    "Its id." id: ID!
    "Counts changes." version: Int!
    "Words." label("In which." language: Language): String!
  }
  type Query { "By id; null if there is none." garage("Its id." id: ID!): Garage }
  type Mutation { "Changes it." updateCampaign("Its id." id: ID!, "What changes." input: UpdateGarageInput!, "The version." ifVersion: Int): Garage! }
  type Subscription { "Its state, then each change." garageChanged("Its id." id: ID!): Garage! }
  "What changes."
  input UpdateGarageInput { "Its name." name: String }
`;

/** The rule and coordinate of each problem of the good schema with this added. */
const brokenBy = (addition) =>
  problemsOf(buildSchema(good + addition), {}).map((problem) =>
    /^(\S+) \(([\w-]+)\)/.exec(problem)?.slice(1, 3).reverse().join(" "),
  );

const query = (field) => `extend type Query { ${field} }`;
const mutation = (field) => `extend type Mutation { ${field} }`;
const object = (field) => `extend type Garage { ${field} }`;

it("finds nothing in a schema that follows the rules", () => expect(brokenBy("")).toEqual([]));

it.each([
  ["query-noun", "Query.getGarage", query('"It." getGarage: Garage!')],
  [
    "mutation-verb",
    "Mutation.garageName",
    mutation('"It." garageName("Key." idempotencyKey: String): Garage!'),
  ],
  [
    "subscription-changed",
    "Subscription.garageNews",
    'extend type Subscription { "It." garageNews: Garage! }',
  ],
  [
    "id-name",
    "Mutation.addGarage(owner)",
    mutation('"It." addGarage("Who." owner: ID, "Key." idempotencyKey: String): Garage!'),
  ],
  [
    "one-input",
    "Mutation.addGarage",
    mutation(
      '"It." addGarage("A." a: Int, "B." b: Int, "C." c: Int, "Key." idempotencyKey: String): Garage!',
    ),
  ],
  ["update-input", "UpdateGarageInput.seats", 'extend input UpdateGarageInput { "It." seats: Int! }'],
  ["update-input", "UpdateGarageInput.seats", 'extend input UpdateGarageInput { "It." seats: Int = 3 }'],
  [
    "update-input",
    "Mutation.updateDoor",
    `${mutation('"It." updateDoor("In." input: DoorInput, "V." ifVersion: Int, "Key." idempotencyKey: String): Garage!')} "It." input DoorInput { "It." a: Int! }`,
  ],
  [
    "if-version",
    "Mutation.updateName",
    mutation('"It." updateName("In." input: UpdateGarageInput!, "Key." idempotencyKey: String): Garage!'),
  ],
  ["payload", "Mutation.addIt", mutation('"It." addIt("Key." idempotencyKey: String): Boolean!')],
  ["payload", "Mutation.addThem", mutation('"It." addThem("Key." idempotencyKey: String): [Garage!]!')],
  [
    "payload",
    "Mutation.addOne",
    `${mutation('"It." addOne("Key." idempotencyKey: String): GarageAdded!')} "It." type GarageAdded { "It." a: Int }`,
  ],
  ["idempotency-key", "Mutation.addOne", mutation('"It." addOne: Garage!')],
  ["idempotency-key", "Mutation.topUp", mutation('"It." topUp("Key." idempotencyKey: String): Garage!')],
  ["refusal", "GarageRefused", '"It." type GarageRefused { "It." message: String! }'],
  ["result", "GarageResult", '"It." union GarageResult = Garage'],
  ["list-items", "Garage.names", object('"It." names: [String]!')],
  ["list-items", "Garage.names", object('"It." names: [String!]')],
  ["look-up", "Query.door", query('"It." door("Its id." id: ID!): Garage!')],
  ["connection", "Query.garages", query('"It." garages: [Garage!]!')],
  [
    "connection",
    "Garage.doors",
    `${object('"It." doors: DoorConnection!')} "It." type DoorConnection { "It." a: Int }`,
  ],
  ["filter-order", "Garage.name(filter)", object('"It." name("It." filter: Language): String!')],
  ["relation", "Garage.ownerId", object('"It." ownerId: ID!')],
  ["unit-name", "Garage.builtAt", object('"It." builtAt: String!')],
  ["unit-name", "Garage.builtOn", object('"It." builtOn: String!')],
  ["unit-name", "Garage.month", object('"It." month: String!')],
  ["unit-name", "Garage.priceCents", object('"It." priceCents: Int!')],
  ["unit-name", "Garage.price", object('"It." price: Cents!')],
  ["specified-by", "Blob", '"It." scalar Blob'],
  ["status", "Garage.state", object('"It." state: Int')],
  ["language", "Garage.fr", object('"It." fr: String "It." en: String')],
  ["language", "Garage.name(language)", object('"It." name("It." language: Language = FR): String!')],
  ["json", "Garage.options", object('"It." options: JSON')],
  ["bytes", "Garage.pdf", object('"It." pdf: String!')],
  ["type-name", "Thing", '"It." type Thing { "It." a: Int }'],
  ["described", "Garage.seats", object("seats: Int")],
  ["described", "Garage.name(short)", object('"It." name(short: Int): Int')],
  ["described", "Language.EN", "extend enum Language { EN }"],
  ["described", "Door", 'type Door { "It." a: Int }'],
])("finds a breach of %s at %s", (rule, at, addition) => {
  expect(brokenBy(addition)).toContain(`${rule} ${at}`);
});

it("accepts what is exempt, and refuses an exemption that is not needed", () => {
  const schema = buildSchema(good + query('"It." getGarage: Garage!'));
  expect(problemsOf(schema, { "query-noun": ["Query.getGarage"] })).toEqual([]);
  expect(problemsOf(schema, { "query-noun": ["Query.getGarage", "Query.getDoor"] })).toEqual([
    "Query.getDoor no longer breaks query-noun: remove the exemption.",
  ]);
});
