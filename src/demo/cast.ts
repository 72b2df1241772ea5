/** The demo's suppliers: invented firms in different regions of France whose campaigns ask for different leads. */
import type { CampaignInput, CreateSupplierInput } from "./staff-operations";
import { inventedSiren } from "./registration";

export interface CastMember {
  readonly supplier: CreateSupplierInput;
  /** Under the reserved domain .example, so that no mail can be delivered. */
  readonly domain: string;
  /** Transfer including VAT, recorded at a start if less than a tenth of it is available. 0 for post-paid suppliers. */
  readonly transferCents: number;
  readonly campaigns: readonly CampaignInput[];
}

type Firm = Pick<CreateSupplierInput, "name" | "street" | "postcode" | "city" | "departement">;

const prepaid = (number: number, firm: Firm): CreateSupplierInput => ({
  ...firm,
  siren: inventedSiren(number),
  billingMode: "PREPAID",
  creditLimitCents: 0,
});

const postpaid = (number: number, firm: Firm): CreateSupplierInput => ({
  ...firm,
  siren: inventedSiren(number),
  billingMode: "POSTPAID",
  creditLimitCents: 100_000_000,
});

const campaign = (
  name: string,
  pricePerLeadCents: number,
  terms: Pick<CampaignInput, "zones"> & Partial<CampaignInput>,
): CampaignInput => ({ name, product: "NEW_CAR", criteria: [], caps: [], pricePerLeadCents, ...terms });

const ordinaryTransferCents = 60_000_00;

/** The terminal shows the first supplier's feed, so that supplier accepts every lead from its region. */
export const cast: readonly CastMember[] = [
  {
    supplier: postpaid(11, {
      name: "Garage des Trois Traboules",
      street: "3 rue Imaginaire",
      postcode: "69005",
      city: "Lyon",
      departement: "69",
    }),
    domain: "trois-traboules.example",
    transferCents: 0,
    campaigns: [
      campaign("Auvergne-Rhône-Alpes", 3_500, { zones: [{ region: "84" }] }),
      campaign("Lyon, les trois premières de l'heure", 4_800, {
        zones: [{ commune: "69123" }],
        caps: [{ unit: "LEADS", period: "HOUR", limit: 3 }],
      }),
    ],
  },
  {
    supplier: postpaid(12, {
      name: "Auto Papillon Parisien",
      street: "12 rue Imaginaire",
      postcode: "75011",
      city: "Paris",
      departement: "75",
    }),
    domain: "papillon-parisien.example",
    transferCents: 0,
    campaigns: [
      campaign("Île-de-France", 4_000, {
        zones: [{ region: "11" }],
        caps: [{ unit: "SPEND_CENTS", period: "DAY", limit: 400_000 }],
      }),
      campaign("Île-de-France, à livrer sous trois mois", 4_400, {
        zones: [{ region: "11" }],
        criteria: [{ field: "wantedBy", min: "today", max: "today+3m" }],
      }),
      campaign("France entière, électrique", 3_000, {
        zones: [{ country: "FR" }],
        excludedZones: [{ region: "94" }],
        criteria: [{ field: "energy", oneOf: ["ELECTRIC", "PLUG_IN_HYBRID"] }],
      }),
    ],
  },
  {
    supplier: prepaid(13, {
      name: "Beffroi et Betterave Autos",
      street: "7 place Imaginaire",
      postcode: "59000",
      city: "Lille",
      departement: "59",
    }),
    domain: "beffroi-betterave.example",
    transferCents: ordinaryTransferCents,
    campaigns: [
      campaign("Nord et Pas-de-Calais, petits budgets", 2_800, {
        zones: [{ departement: "59" }, { departement: "62" }],
        criteria: [{ field: "budgetEuros", max: 35_000 }],
        caps: [{ unit: "LEADS", period: "DAY", limit: 400 }],
      }),
    ],
  },
  {
    supplier: prepaid(14, {
      name: "Chartrons sur Roues",
      street: "21 quai Imaginaire",
      postcode: "33000",
      city: "Bordeaux",
      departement: "33",
    }),
    domain: "chartrons-sur-roues.example",
    transferCents: ordinaryTransferCents,
    campaigns: [
      campaign("Gironde", 2_500, { zones: [{ departement: "33" }] }),
      campaign("Vingt kilomètres autour de Bordeaux", 2_700, {
        zones: [{ circle: { longitude: -0.58, latitude: 44.84, radiusKm: 20 } }],
      }),
      campaign("Nouvelle-Aquitaine, exclusif", 6_500, {
        zones: [{ region: "75" }],
        criteria: [{ field: "budgetEuros", min: 40_000 }],
        maxSeats: 1,
      }),
    ],
  },
  {
    supplier: prepaid(15, {
      name: "Maquis Motors",
      street: "4 cours Imaginaire",
      postcode: "20000",
      city: "Ajaccio",
      departement: "2A",
    }),
    domain: "maquis-motors.example",
    transferCents: ordinaryTransferCents,
    campaigns: [
      campaign("Corse", 2_200, {
        zones: [{ departement: "2A" }, { departement: "2B" }],
        criteria: [{ field: "horizon", noneOf: ["LATER"] }],
      }),
    ],
  },
  {
    supplier: prepaid(16, {
      name: "Lagon Vanille Autos",
      street: "9 chemin Imaginaire",
      postcode: "97400",
      city: "Saint-Denis",
      departement: "974",
    }),
    domain: "lagon-vanille.example",
    transferCents: ordinaryTransferCents,
    campaigns: [
      campaign("La Réunion", 2_400, {
        zones: [{ departement: "974" }],
        caps: [{ unit: "LEADS", period: "WEEK", limit: 1_000 }],
        timeZone: "Indian/Reunion",
      }),
    ],
  },
];
