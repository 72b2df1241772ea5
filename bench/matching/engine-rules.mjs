/** Baseline: json-rules-engine, a common way to store rules as data. One rule per campaign. */
import { Engine } from "json-rules-engine";
import { built } from "./built.mjs";

const { distanceKm } = built("reference/geo/position");

export const rulesName = "json-rules-engine";

export function rulesEngine() {
  const engine = new Engine([], { allowUndefinedFacts: false });
  engine.addOperator("isWithin", (position, circle) => distanceKm(circle, position) <= circle.radiusKm);
  return {
    name: rulesName,
    isAsync: true,
    // One round takes longer than all other engines together, so it is measured once.
    isMeasuredOnce: true,
    add: (campaign) => engine.addRule(ruleOf(campaign)),
    prepare: ({ place, ...answers }) => ({
      departement: place.departement,
      postcode: place.postcode,
      position: place.position,
      ...answers,
    }),
    ask: async (facts) => (await engine.run(facts)).events,
    idsOf: (events) => events.map(({ params }) => params.number),
  };
}

const ruleOf = ({ number, departements, postcodes, circles, criteria }) => ({
  conditions: {
    all: [
      {
        any: [
          ...(departements.length > 0 ? [{ fact: "departement", operator: "in", value: departements }] : []),
          ...(postcodes.length > 0 ? [{ fact: "postcode", operator: "in", value: postcodes }] : []),
          ...circles.map((circle) => ({ fact: "position", operator: "isWithin", value: circle })),
        ],
      },
      ...criteria.flatMap(({ field, oneOf, min, max }) => [
        ...(oneOf ? [{ fact: field, operator: "in", value: oneOf }] : []),
        ...(min === undefined ? [] : [{ fact: field, operator: "greaterThanInclusive", value: min }]),
        ...(max === undefined ? [] : [{ fact: field, operator: "lessThanInclusive", value: max }]),
      ]),
    ],
  },
  event: { type: "wants", params: { number } },
});
