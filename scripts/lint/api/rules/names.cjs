/** How queries, mutations, types, ids, amounts and times are named. */
const { getNamedType, isLeafType, isScalarType, isSpecifiedScalarType } = require("graphql");
const { argumentsOf, outputFields, ownTypes, typed, typeName } = require("../elements.cjs");
const lists = require("../lists.cjs");
const { breach, mutations, queries, subscriptions, types, where } = require("./breaches.cjs");

const verbs =
  /^(accept|acknowledge|add|answer|ask|assign|book|charge|check|collect|complete|confirm|create|credit|decide|delete|disable|enable|end|erase|exercise|export|extend|grant|import|invite|issue|limit|lock|log|match|open|pause|publish|record|refund|remove|replay|report|request|resend|reset|resume|retract|review|reverse|revoke|rotate|sandbox|save|send|set|sign|split|start|submit|take|test|top|undo|unlock|update|view|waive|withdraw|write)[A-Z]/;

const isIdName = (name) =>
  /^ids?$|Ids?$/.test(name) || lists.codes.has(name) || lists.codes.has(name.replace(/s$/, ""));

const units = [
  [/At$/, "DateTime"],
  [/[a-z]On$|^day$/, "Day"],
  [/^month$|Month$/, "Month"],
  [/[cC]ents$/, "Cents"],
];

/** What the unit demands of the name, for units that only some names may have. */
const nameOf = {
  Cents: { shape: /[cC]ents$/, says: "The name of an amount ends in Cents." },
  Day: { shape: /[a-z]On$|^(day|from|until|on)$/, says: "The name of a day ends in On." },
};

// The name of a mutation is a verb and its object, and says nothing about the answer.
const isMutation = ({ owner, of }) => owner.name === "Mutation" && of === undefined;
const isLeaf = ({ field }) => isLeafType(getNamedType(field.type));

function unitBreaches({ at, field }) {
  const type = typeName(field);
  const [, unit = type] = units.find(([shape]) => shape.test(field.name)) ?? [];
  if (unit !== type) return [breach(at, `A field with this name is a ${unit}.`)];
  const demand = nameOf[type];
  return demand && !demand.shape.test(field.name) ? [breach(at, demand.says)] : [];
}

const isPair = ({ owner, field }) =>
  ["en", "fr"].includes(field.name) &&
  !field.deprecationReason &&
  ["en", "fr"].every((name) => name in owner.getFields());

module.exports = {
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
  "unit-name": (schema) =>
    typed(schema)
      .filter((element) => isLeaf(element) && !isMutation(element))
      .flatMap(unitBreaches),
  "specified-by": (schema) =>
    where(
      types(schema),
      ({ type }) => isScalarType(type) && !isSpecifiedScalarType(type) && !type.specifiedByURL,
      "A custom scalar carries @specifiedBy.",
    ),
  status: (schema) =>
    where(
      [...typed(schema), ...types(schema).map(({ at, type }) => ({ at, field: type }))],
      ({ field }) => /^state$|State$/.test(field.name),
      "The word for a closed vocabulary of states is `status`.",
    ),
  language: (schema) => [
    ...where(outputFields(schema), isPair, "Take an argument `language` instead of a pair of fields."),
    ...where(
      argumentsOf(schema),
      ({ field }) =>
        typeName(field) === "Language" &&
        (field.name !== "language" || String(field.type) !== "Language" || field.defaultValue !== undefined),
      "The argument is `language: Language`; absent means the words as they were.",
    ),
  ],
  "type-name": (schema) =>
    where(
      ownTypes(schema).map((type) => ({ at: type.name, type })),
      ({ type }) => lists.generalNames.has(type.name),
      "The name of a type says the domain: names are global and last.",
    ),
};
