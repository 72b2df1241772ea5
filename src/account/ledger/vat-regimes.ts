/**
 * The one table of VAT: which territory has which treatment, and what follows from each treatment. The place of supply
 * of our service is where the customer is established (CGI art. 259-1°). Nothing else in the code asks about countries
 * or départements to decide on VAT, on e-invoicing or on the declaration of services.
 *
 * Sources. Overseas rates: CGI 294 and 296. Territories that are e-invoiced or e-reported: use case 44 of AFNOR XP
 * Z12-014. Monaco: the convention of 18 May 1963 makes it part of the French VAT territory. Northern Ireland counts as
 * the EU for goods only (protocol on Ireland and Northern Ireland, article 8), so for our service it is GB.
 */
import type { Words } from "../../shared/language";

/** PENALTY applies to late payment fees only: they are not consideration for a supply, so they bear no VAT. */
export type VatTreatment =
  "STANDARD" | "OVERSEAS" | "NONE_OVERSEAS" | "REVERSE_CHARGE" | "OUTSIDE_SCOPE" | "PENALTY";

/**
 * E_INVOICED: the document goes to the customer's platform. E_REPORTED: only its data go to the tax authority (flow
 * 10.1). NEITHER: it is no supply.
 */
export type ElectronicRoute = "E_INVOICED" | "E_REPORTED" | "NEITHER";

export interface VatConsequences {
  readonly rateBasisPoints: number;
  /** UNTDID 5305, the category in the XML (BT-118 and BT-151). */
  readonly category: "S" | "E" | "AE" | "O";
  /** The code of the reason for exemption (BT-121); null where the list of codes has none, or VAT is charged. */
  readonly exemptionCode: string | null;
  /** The legal reason why no VAT is charged; null when VAT is charged. */
  readonly mention: Words | null;
  readonly route: ElectronicRoute;
  /** Whether it is listed in the European declaration of services (DES), which needs the customer's VAT number. */
  readonly isDeclared: boolean;
}

export const vatConsequences: Readonly<Record<VatTreatment, VatConsequences>> = {
  STANDARD: {
    ...{ rateBasisPoints: 2000, category: "S", exemptionCode: null, mention: null },
    ...{ route: "E_INVOICED", isDeclared: false },
  },
  OVERSEAS: {
    ...{ rateBasisPoints: 850, category: "S", exemptionCode: null, mention: null },
    ...{ route: "E_INVOICED", isDeclared: false },
  },
  NONE_OVERSEAS: {
    ...{ rateBasisPoints: 0, category: "E", exemptionCode: null, route: "E_REPORTED", isDeclared: false },
    mention: {
      FR: "TVA non applicable, article 294-1 du CGI.",
      EN: "VAT not applicable, article 294-1 of the French tax code.",
    },
  },
  REVERSE_CHARGE: {
    ...{ rateBasisPoints: 0, category: "AE", exemptionCode: "VATEX-EU-AE", route: "E_REPORTED" },
    isDeclared: true,
    mention: {
      FR: "Autoliquidation, article 283-2 du CGI.",
      EN: "Reverse charge (autoliquidation), article 283-2 of the French tax code.",
    },
  },
  OUTSIDE_SCOPE: {
    ...{ rateBasisPoints: 0, category: "O", exemptionCode: "VATEX-EU-O", route: "E_REPORTED" },
    isDeclared: false,
    mention: {
      FR: "Opération hors du champ de la TVA française, article 259-1° du CGI.",
      EN: "Outside the scope of French VAT, article 259-1° of the French tax code.",
    },
  },
  PENALTY: {
    ...{ rateBasisPoints: 0, category: "O", exemptionCode: "VATEX-EU-O", route: "NEITHER" },
    isDeclared: false,
    mention: {
      FR: "Indemnité et pénalités de retard, C. com. L.441-10 : hors du champ de la TVA.",
      EN: "Compensation and interest for late payment, French commercial code L.441-10: outside the scope of VAT.",
    },
  },
};
export const vatTreatments = Object.keys(vatConsequences) as readonly VatTreatment[];

export interface Territory {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The code that French addresses of this territory have; null for a country, and for metropolitan France. */
  readonly departement: string | null;
  readonly treatment: VatTreatment;
}

const row = (country: string, departement: string | null, treatment: VatTreatment): Territory => ({
  ...{ country, departement, treatment },
});

/** Every territory outside this table is OUTSIDE_SCOPE. */
export const territories: readonly Territory[] = [
  row("FR", null, "STANDARD"), // Metropolitan France with Corsica: every département that has no row of its own.
  row("MC", null, "STANDARD"), // Monaco
  row("GP", "971", "OVERSEAS"), // Guadeloupe
  row("MQ", "972", "OVERSEAS"), // Martinique
  row("GF", "973", "NONE_OVERSEAS"), // Guyane
  row("RE", "974", "OVERSEAS"), // La Réunion
  row("PM", "975", "OUTSIDE_SCOPE"), // Saint-Pierre-et-Miquelon
  row("YT", "976", "NONE_OVERSEAS"), // Mayotte
  row("BL", "977", "OUTSIDE_SCOPE"), // Saint-Barthélemy
  row("MF", "978", "OUTSIDE_SCOPE"), // Saint-Martin
  row("TF", "984", "OUTSIDE_SCOPE"), // Terres australes et antarctiques françaises
  row("WF", "986", "OUTSIDE_SCOPE"), // Wallis-et-Futuna
  row("PF", "987", "OUTSIDE_SCOPE"), // Polynésie française
  row("NC", "988", "OUTSIDE_SCOPE"), // Nouvelle-Calédonie
  ...Array.from(
    "AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
    (country) => row(country, null, "REVERSE_CHARGE"),
  ),
];

export interface Establishment {
  /** ISO 3166-1 alpha-2. The French territories overseas are found by their own code, too. */
  readonly country: string;
  /** Code of the département or collectivity; null outside France. */
  readonly departement: string | null;
}

const france = territories.filter(({ country, departement }) => country === "FR" || departement !== null);
const byDepartement = new Map(france.map((territory) => [territory.departement, territory]));
const byCountry = new Map(territories.map((territory) => [territory.country, territory]));

export function territoryOf({ country, departement }: Establishment): Territory {
  const overseas = country === "FR" ? byDepartement.get(departement) : undefined;
  return overseas ?? byCountry.get(country) ?? row(country, null, "OUTSIDE_SCOPE");
}

export const vatTreatmentOf = (at: Establishment): VatTreatment => territoryOf(at).treatment;

/** Documents with these treatments show neither a VAT rate nor a VAT number. */
export const isOutsideVat = (treatment: VatTreatment): boolean => vatConsequences[treatment].category === "O";

/** How a document reaches the tax authority. Only a customer with a SIREN has an address in the French directory. */
export function electronicRouteOf(
  treatment: VatTreatment,
  customer: { readonly siren: string },
): ElectronicRoute {
  const { route } = vatConsequences[treatment];
  return route === "E_INVOICED" && customer.siren === "" ? "E_REPORTED" : route;
}

/** The treatments of documents that are sent to a platform by this route, for a condition of a query. */
export const treatmentsOn = (wanted: ElectronicRoute): readonly VatTreatment[] =>
  vatTreatments.filter((treatment) => vatConsequences[treatment].route === wanted);

export const declaredTreatments: readonly VatTreatment[] = vatTreatments.filter(
  (treatment) => vatConsequences[treatment].isDeclared,
);
