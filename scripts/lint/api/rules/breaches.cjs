/** What the rules have in common. */
const { ownTypes, rootFields } = require("../elements.cjs");

const breach = (at, says) => ({ at, says });

/** A breach for each element that breaks the rule. `says` is a text, or makes one of the element. */
const where = (elements, isBreach, says) =>
  elements
    .filter(isBreach)
    .map((element) => breach(element.at, typeof says === "string" ? says : says(element)));

const queries = (schema) => rootFields(schema.getQueryType());
const mutations = (schema) => rootFields(schema.getMutationType());
const subscriptions = (schema) => rootFields(schema.getSubscriptionType());
const types = (schema) => ownTypes(schema).map((type) => ({ at: type.name, type }));

module.exports = { breach, mutations, queries, subscriptions, types, where };
