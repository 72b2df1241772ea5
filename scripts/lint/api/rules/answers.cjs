/** What fields return, and that everything is described. */
const {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} = require("graphql");
const { enumValues, outputFields, typed, typeName } = require("../elements.cjs");
const lists = require("../lists.cjs");
const { reachableFrom } = require("../reachable.cjs");
const { mutations, queries, types, where } = require("./breaches.cjs");

function isPayload(field, read) {
  const type = getNamedType(field.type);
  if (isList(field) || isLeafType(type)) return false;
  return /(Payload|Result)$/.test(type.name) || read.has(type.name);
}

const isList = (field) => isListType(getNullableType(field.type));
const isForeignId = (field) => typeName(field) === "ID" && /.Ids?$/.test(field.name);
const objectOf = (field) => field.name.replace(/Id(s?)$/, "$1");
const isRefused = ({ name }) => /Refused$/.test(name);

module.exports = {
  payload: (schema) => {
    const read = reachableFrom(schema, [schema.getQueryType(), schema.getSubscriptionType()]);
    return where(
      mutations(schema),
      ({ field }) => !isPayload(field, read),
      "Return the changed object, a union …Result, or <Verb><Noun>Payload, never a scalar or a list.",
    );
  },
  refusal: (schema) =>
    where(
      types(schema),
      ({ type }) =>
        isObjectType(type) && isRefused(type) && !type.getInterfaces().some(({ name }) => name === "Refusal"),
      "Let a refusal implement Refusal.",
    ),
  result: (schema) =>
    where(
      types(schema),
      ({ type }) => isUnionType(type) && /Result$/.test(type.name) && !type.getTypes().some(isRefused),
      "A union …Result has a member …Refused.",
    ),
  "list-items": (schema) => [
    ...where(
      typed(schema),
      ({ field }) => isList(field) && !isNonNullType(getNullableType(field.type).ofType),
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
      ({ field }) => isList(field) && !(field.name in lists.bounded),
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
  relation: (schema) =>
    where(
      outputFields(schema),
      ({ at, owner, field }) =>
        isForeignId(field) && !(at in lists.hidden) && !(objectOf(field) in owner.getFields()),
      ({ field }) =>
        `Put the object \`${objectOf(field)}\` beside the id, or say in scripts/lint/api/lists.cjs why it is hidden.`,
    ),
  bytes: (schema) =>
    where(
      outputFields(schema),
      ({ field }) => typeName(field) === "String" && /(pdf|xml|csv|base64|content)$/i.test(field.name),
      "Bytes travel by URL, as a File.",
    ),
  described: (schema) => {
    const own = types(schema).filter(({ at }) => !/^(Query|Mutation|Subscription)$/.test(at));
    const elements = [
      ...own.map(({ at, type }) => ({ at, field: type })),
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
