/**
 * The campaigns and people of bench:journey. They correspond to those of bench:matching (broad: about 0.75 % of the
 * campaigns match a lead), expressed in the form for new cars.
 */
import { built } from "../matching/built.mjs";
import { workloadOf } from "../matching/workload.mjs";
import { supplierIdOf } from "../shared/suppliers.mjs";

const { productById } = built("reference/catalogue");
const workload = workloadOf("broad");
export const product = "NEW_CAR";
const optionsOf = (field) =>
  productById(product)
    .form.fields.find(({ id }) => id === field)
    .options.map(({ value }) => value);
const [makes, bodies, financings] = ["makes", "body", "financing"].map(optionsOf);
const horizons = ["NOW", "WITHIN_3_MONTHS", "WITHIN_6_MONTHS", "LATER"];

const numberIn = (name) => Number(name.slice(name.lastIndexOf("_") + 1)) - 1;
const makeOf = (name) => makes[numberIn(name) % makes.length];
const bodyOf = (name) => bodies[numberIn(name) % bodies.length];
const conditions = ["NEW", "DEMONSTRATION", "USED"];
const financingOf = (name) => financings[conditions.indexOf(name)];
const horizonOf = (days) => horizons[Math.min(3, Math.floor(days / 92))];

const unique = (values) => [...new Set(values)];
const criteria = {
  make: ({ oneOf }) => ({ field: "makes", oneOf: unique(oneOf.map(makeOf)) }),
  model: ({ oneOf }) => ({ field: "body", oneOf: unique(oneOf.map(bodyOf)) }),
  energy: ({ oneOf }) => ({ field: "energy", oneOf }),
  condition: ({ oneOf }) => ({ field: "financing", oneOf: oneOf.map(financingOf) }),
  budgetEuros: (range) => ({ ...range, min: Math.max(5_000, range.min) }),
  mileageKm: () => ({ field: "tradeIn", isSet: true }),
  horizonDays: ({ max }) => ({
    field: "horizon",
    oneOf: horizons.slice(0, horizons.indexOf(horizonOf(max)) + 1),
  }),
};

const campaignId = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

/** Campaigns, assigned to the suppliers in turn. Both caps are counted and never reached. */
export const campaignsOf = (count, suppliers) =>
  Array.from({ length: count }, (_, number) => {
    const { departements, postcodes, circles, criteria: drawn, priceCents } = workload.campaign(number);
    const terms = {
      ...{ name: "Banc d'essai", product, formVersion: productById(product).form.version, site: null },
      zones: [
        ...departements.map((code) => ({ kind: "departement", code })),
        ...postcodes.map((code) => ({ kind: "postcode", code })),
        ...circles.map((circle) => ({ kind: "circle", ...circle })),
      ],
      excludedZones: [],
      criteria: drawn.map((one) => criteria[one.field](one)),
      pricePerLeadCents: priceCents,
      caps: ["DAY", "MONTH"].map((period) => ({ unit: "LEADS", period, limit: 10_000_000 })),
      ...{ timeZone: "Europe/Paris", schedule: [], maxSeats: null, maxAgeHours: 24 },
    };
    return { id: campaignId(number), supplierId: supplierIdOf(number % suppliers), terms };
  });

/** The need of the person with this number. */
export function needOf(number) {
  const { place, make, model, energy, condition, budgetEuros, mileageKm, horizonDays } =
    workload.lead(number);
  const answers = Object.entries({
    makes: [makeOf(make)],
    body: bodyOf(model),
    energy: [energy],
    financing: financingOf(condition),
    budgetEuros: Math.max(5_000, budgetEuros),
    horizon: horizonOf(horizonDays),
    ...(mileageKm % 2 === 0 && { tradeIn: true }),
  }).map(([field, value]) => ({ field, value }));
  const { postcode, inseeCode, position } = place;
  return { answers, location: { postcode, inseeCode, ...position } };
}

/** An invented person, different for each number. */
export const personOf = (number) => ({
  ...{ civility: "MADAME", firstName: "Zélie", lastName: "Exemple" },
  email: `lead-${number}@courriel.example`,
  ...{ postcode: "69003", city: "Lyon" },
});
