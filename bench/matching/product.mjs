/** Converts the campaigns and leads of the workload to the product's types. */

export const product = "NEW_CAR";
const campaignsPerSupplier = 20;

const uuidOf = (kind, number) => `00000000-0000-4000-${kind}-${number.toString(16).padStart(12, "0")}`;
export const campaignIdOf = (number) => uuidOf("8000", number);
export const supplierIdOf = (number) => uuidOf("9000", Math.floor(number / campaignsPerSupplier));

export const termsOf = ({ departements, postcodes, circles, criteria, priceCents }) => ({
  name: "Benchmark",
  product,
  formVersion: 1,
  site: null,
  zones: [
    ...departements.map((code) => ({ kind: "departement", code })),
    ...postcodes.map((code) => ({ kind: "postcode", code })),
    ...circles.map((circle) => ({ kind: "circle", ...circle })),
  ],
  excludedZones: [],
  criteria,
  pricePerLeadCents: priceCents,
  caps: [{ unit: "LEADS", period: "DAY", limit: 20 }],
  timeZone: "Europe/Paris",
  schedule: [],
  maxSeats: null,
  maxAgeHours: 24,
});

export const candidateOf = (campaign) =>
  // Parsed from text, as it comes from the database, so that it shares no memory with another campaign.
  JSON.parse(
    JSON.stringify({
      campaignId: campaignIdOf(campaign.number),
      supplierId: supplierIdOf(campaign.number),
      version: 1,
      status: "ACTIVE",
      pausedUntil: null,
      terms: termsOf(campaign),
    }),
  );

export function needOf({ place, ...answers }) {
  return { product, answers, textsAnswered: [], place };
}
