/** What arguments and input types look like. */
const { getNamedType, isNonNullType, isObjectType } = require("graphql");
const { argumentsOf, inputFields, typed, typeName } = require("../elements.cjs");
const lists = require("../lists.cjs");
const { breach, mutations, where } = require("./breaches.cjs");

const selectors = /^(id|ids|reference|token|month|ifVersion|idempotencyKey|.*Ids?)$/;
const hasArgument = (field, name) => field.args.some((one) => one.name === name);

const hasVersion = (field) => {
  const type = getNamedType(field.type);
  return isObjectType(type) && "version" in type.getFields();
};

function keyBreaches({ at, field }) {
  const key = field.args.find(({ name }) => name === "idempotencyKey");
  if (lists.keyRequired.has(field.name) && (!key || !isNonNullType(key.type)))
    return [breach(at, "It moves money, sends or appends: take `idempotencyKey: String!`.")];
  if (key || field.name in lists.repeatable) return [];
  return [breach(at, "Take an idempotencyKey, or say in scripts/lint/api/lists.cjs why it can be repeated.")];
}

module.exports = {
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
        /^update|^limit/.test(field.name) && hasVersion(field) && !hasArgument(field, "ifVersion"),
      "Take `ifVersion` where the changed object has a version.",
    ),
  "idempotency-key": (schema) => mutations(schema).flatMap(keyBreaches),
  "filter-order": (schema) =>
    where(
      argumentsOf(schema),
      ({ field }) =>
        (field.name === "filter" && !/Filter$/.test(typeName(field))) ||
        (field.name === "order" && !/Order$/.test(typeName(field))),
      "`filter` is a <Noun>Filter and `order` a <Noun>Order.",
    ),
  json: (schema) =>
    where(
      typed(schema),
      ({ at, field }) => typeName(field) === "JSON" && !lists.json.has(at),
      "JSON is only for GeoJSON and form answers.",
    ),
};
