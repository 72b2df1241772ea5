/**
 * The rules of docs/api-style.md that a program can see in the schema. Each is a function from the schema to the
 * breaches: a coordinate, and what to do.
 */
const {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} = require("graphql");
const {
  argumentsOf,
  enumValues,
  inputFields,
  outputFields,
  ownTypes,
  rootFields,
  typeName,
  typed,
} = require("./elements.cjs");
const { reachableFrom } = require("./reachable.cjs");
const lists = require("./lists.cjs");

const breach = (at, says) => ({ at, says });
const where = (elements, isBreach, says) =>
  elements
    .filter(isBreach)
    .map((element) => breach(element.at, typeof says === "string" ? says : says(element)));

const queries = (schema) => rootFields(schema.getQueryType());
const mutations = (schema) => rootFields(schema.getMutationType());
const subscriptions = (schema) => rootFields(schema.getSubscriptionType());

const verbs =
  /^(accept|acknowledge|add|answer|ask|assign|book|charge|check|collect|complete|confirm|create|credit|decide|delete|disable|enable|end|erase|exercise|export|extend|grant|import|invite|issue|limit|lock|log|open|pause|publish|record|refund|remove|replay|report|request|resend|reset|resume|retract|review|revoke|rotate|sandbox|save|send|set|sign|start|submit|take|test|top|unlock|update|view|waive|withdraw|write)[A-Z]/;

const selectors = /^(id|ids|reference|token|month|ifVersion|idempotencyKey|.*Ids?)$/;

const isIdName = (name) =>
  /^ids?$|Ids?$/.test(name) || lists.codes.has(name) || lists.codes.has(name.replace(/s$/, ""));

const rules = {
  "query-noun": (schema) =>
    where(
      queries(schema),
      ({ field }) => /^(get|list|fetch|find|search|load)[A-Z]/.test(field.name),
      "Name a query by a noun.",
    ),
  "mutation-verb": (schema) =>
    where(
      mutations(schema),
      ({ field }) => !verbs.test(field.name),
      "Name a mutation by a verb and its object.",
    ),
  "subscription-changed": (schema) =>
    where(
      subscriptions(schema),
      ({ field }) => !/Changed$/.test(field.name),
      "Let the name of a subscription end in Changed.",
    ),
  "id-name": (schema) =>
    where(
      typed(schema),
      ({ field }) => typeName(field) === "ID" && !isIdName(field.name),
      "Name an id `id` or `…Id`; only codes have no `Id` (scripts/lint/api/lists.cjs).",
    ),
  "one-input": (schema) =>
    where(
      mutations(schema),
      ({ field }) => field.args.filter(({ name }) => !selectors.test(name)).length > 2,
      "Take three or more values as one `input`; what selects the object stays outside.",
    ),
  "update-input": (schema) => [
    ...where(
      inputFields(schema),
      ({ owner, field }) =>
        /^Update/.test(owner.name) && (isNonNullType(field.type) || field.defaultValue !== undefined),
      "In an update every field is optional and has no default: absent means unchanged.",
    ),
    ...where(
      mutations(schema),
      ({ field }) =>
        /^update/.test(field.name) &&
        !field.args.some((one) => one.name === "input" && /^Update/.test(typeName(one))),
      "Let an update take an `Update…Input`.",
    ),
  ],
  "if-version": (schema) =>
    where(
      mutations(schema),
      ({ field }) =>
        /^update|^limit/.test(field.name) &&
        hasField(field, "version") &&
        !field.args.some(({ name }) => name === "ifVersion"),
      "Take `ifVersion` where the changed object has a version.",
    ),
  payload: (schema) => {
    const read = reachableFrom(schema, [schema.getQueryType(), schema.getSubscriptionType()]);
    return where(
      mutations(schema),
      ({ field }) => !isPayload(field, read),
      "Return the changed object, a union …Result, or <Verb><Noun>Payload, never a scalar or a list.",
    );
  },
  "idempotency-key": (schema) => mutations(schema).flatMap(({ at, field }) => keyBreaches(at, field)),
  refusal: (schema) =>
    where(
      ownTypes(schema).map((type) => ({ at: type.name, type })),
      ({ type }) =>
        isObjectType(type) &&
        /Refused$/.test(type.name) &&
        !type.getInterfaces().some(({ name }) => name === "Refusal"),
      "Let a refusal implement Refusal.",
    ),
  result: (schema) =>
    where(
      ownTypes(schema).map((type) => ({ at: type.name, type })),
      ({ type }) =>
        isUnionType(type) &&
        /Result$/.test(type.name) &&
        !type.getTypes().some(({ name }) => /Refused$/.test(name)),
      "A union …Result has a member …Refused.",
    ),
  "list-items": (schema) => [
    ...where(
      typed(schema),
      ({ field }) =>
        isListType(getNullableType(field.type)) && !isNonNullType(getNullableType(field.type).ofType),
      "The items of a list are never null.",
    ),
    ...where(
      outputFields(schema),
      ({ field }) => isListType(field.type) && !/\bnull\b/i.test(field.description ?? ""),
      "A list is [T!]!; the description of another says when it is null.",
    ),
  ],
  "look-up": (schema) =>
    where(
      queries(schema),
      ({ field }) => field.args.length === 1 && field.args[0].name === "id" && isNonNullType(field.type),
      "A look-up by id is nullable, so that a wrong id does not take its siblings with it.",
    ),
  connection: (schema) => [
    ...where(
      queries(schema),
      ({ field }) => isListType(getNullableType(field.type)) && !(field.name in lists.bounded),
      "Return a connection, or say in scripts/lint/api/lists.cjs what keeps the list short.",
    ),
    ...where(
      outputFields(schema),
      ({ field }) =>
        /Connection$/.test(typeName(field)) &&
        !["first", "after"].every((name) => field.args.some((one) => one.name === name)),
      "A connection takes `first` and `after`.",
    ),
  ],
  "filter-order": (schema) =>
    where(
      argumentsOf(schema),
      ({ field }) =>
        (field.name === "filter" && !/Filter$/.test(typeName(field))) ||
        (field.name === "order" && !/Order$/.test(typeName(field))),
      "`filter` is a <Noun>Filter and `order` a <Noun>Order.",
    ),
  relation: (schema) =>
    where(
      outputFields(schema),
      ({ at, owner, field }) => isForeignId(field) && !(at in lists.hidden) && !hasSibling(owner, field),
      ({ field }) =>
        `Put the object \`${field.name.replace(/Id(s?)$/, "$1")}\` beside the id, or say in scripts/lint/api/lists.cjs why it is hidden.`,
    ),
  "unit-name": (schema) => typed(schema).flatMap(unitBreaches),
  "specified-by": (schema) =>
    where(
      ownTypes(schema).map((type) => ({ at: type.name, type })),
      ({ type }) => isScalarType(type) && !isSpecifiedScalarType(type) && !type.specifiedByURL,
      "A custom scalar carries @specifiedBy.",
    ),
  status: (schema) =>
    where(
      [...typed(schema), ...ownTypes(schema).map((type) => ({ at: type.name, field: type }))],
      ({ field }) => /^state$|State$/.test(field.name),
      "The word for a closed vocabulary of states is `status`.",
    ),
  language: (schema) => [
    ...where(
      outputFields(schema),
      ({ owner, field }) =>
        ["en", "fr"].includes(field.name) &&
        !field.deprecationReason &&
        "en" in owner.getFields() &&
        "fr" in owner.getFields(),
      "Take an argument `language` instead of a pair of fields.",
    ),
    ...where(
      argumentsOf(schema),
      ({ field }) =>
        typeName(field) === "Language" &&
        (field.name !== "language" || isNonNullType(field.type) || field.defaultValue !== undefined),
      "The argument is `language: Language`; absent means the words as they were.",
    ),
  ],
  json: (schema) =>
    where(
      typed(schema),
      ({ at, field }) => typeName(field) === "JSON" && !lists.json.has(at),
      "JSON is only for GeoJSON and form answers.",
    ),
  bytes: (schema) =>
    where(
      outputFields(schema),
      ({ field }) => typeName(field) === "String" && /(pdf|xml|csv|base64|content)$/i.test(field.name),
      "Bytes travel by URL, as a File.",
    ),
  "type-name": (schema) =>
    where(
      ownTypes(schema).map((type) => ({ at: type.name, type })),
      ({ type }) => lists.generalNames.has(type.name),
      "The name of a type says the domain: names are global and last.",
    ),
  described: (schema) => {
    const types = ownTypes(schema).filter((type) => !/^(Query|Mutation|Subscription)$/.test(type.name));
    const elements = [
      ...types.map((type) => ({ at: type.name, field: type })),
      ...typed(schema),
      ...enumValues(schema),
    ];
    return where(
      elements,
      ({ field }) => !field.description?.trim(),
      "Describe it: shape, unit, bounds, errors.",
    );
  },
};

const hasField = (field, name) => {
  const type = getNamedType(field.type);
  return isObjectType(type) && name in type.getFields();
};

function isPayload(field, read) {
  const type = getNamedType(field.type);
  if (isListType(getNullableType(field.type)) || isLeafType(type)) return false;
  return /(Payload|Result)$/.test(type.name) || read.has(type.name);
}

function keyBreaches(at, field) {
  const key = field.args.find(({ name }) => name === "idempotencyKey");
  if (lists.keyRequired.has(field.name) && (!key || !isNonNullType(key.type)))
    return [breach(at, "It moves money, sends or appends: take `idempotencyKey: String!`.")];
  if (!key && !(field.name in lists.repeatable))
    return [
      breach(at, "Take an idempotencyKey, or say in scripts/lint/api/lists.cjs why it can be repeated."),
    ];
  return [];
}

const isForeignId = (field) => typeName(field) === "ID" && /.Ids?$/.test(field.name);

function hasSibling(owner, field) {
  const name = field.name.replace(/Id(s?)$/, "$1");
  return name in owner.getFields();
}

const units = [
  [/At$/, "DateTime"],
  [/[a-z]On$|^day$/, "Day"],
  [/^month$|Month$/, "Month"],
  [/[cC]ents$/, "Cents"],
];

function unitBreaches({ at, field, owner, of }) {
  const name = typeName(field);
  // The name of a mutation is a verb and its object, and says nothing about the answer.
  if (owner.name === "Mutation" && !of) return [];
  if (isInputObjectType(getNamedType(field.type)) || !isLeafType(getNamedType(field.type))) return [];
  const [, expected] = units.find(([shape]) => shape.test(field.name)) ?? [];
  if (expected && name !== expected) return [breach(at, `A field with this name is a ${expected}.`)];
  if (!expected && name === "Cents") return [breach(at, "The name of an amount ends in Cents.")];
  if (!expected && name === "Day" && !/^(from|until|on)$/.test(field.name))
    return [breach(at, "The name of a day ends in On.")];
  return [];
}

module.exports = { rules };
