/**
 * Writes the vehicles of an ADF document. ADF requires a year, a make and a model for each. Values that the form does
 * not ask for are marked as open and never guessed, and a limit that the person set (budget, mileage) never becomes a
 * property of a vehicle.
 */
import { DateTime } from "luxon";
import type { AdfLead } from "./adf-lead";
import { answered, type Answered } from "./adf-words";
import { adfElement, xmlLine, xmlText, type Element } from "./adf-xml";

type Lead = Pick<AdfLead, "product" | "answers" | "submittedAt">;

const open = "Sans préférence";

export function vehiclesOf(lead: Lead): readonly Element[] {
  const answers = answered(lead);
  switch (lead.product.id) {
    case "TRADE_IN":
      return tradedIn(answers, lead);
    case "CAR_INSURANCE":
      return [insured(answers)];
    default:
      return wanted(answers, lead);
  }
}

/** One vehicle for each make the person considers, because a CRM files leads by make and cannot hold alternatives. */
function wanted(answers: Answered, lead: Lead): readonly Element[] {
  const makes = answers.each("makes");
  const several = makes.length > 1;
  const wish = xmlLine(answers.words("model"));
  const model = several && wish !== "" ? "Voir les commentaires" : wish || open;
  const comments = [
    "Véhicule recherché, pas un véhicule précis.",
    "L'année n'est pas demandée : celle de la demande figure ici parce que le format l'exige.",
    ...(several && wish !== "" ? [`Modèle souhaité, toutes marques : ${wish}`] : []),
    ...saidOf(answers, ["energy", "maxMileageKm", "maxAgeYears", "tradeIn"]),
  ];
  const kind = kindOf(lead.product.id, answers);
  return (several ? makes : [makes[0] ?? open]).map((make) => ({
    ...{ "@interest": kind.interest, "@status": kind.status },
    ...{ year: yearOf(lead), make: xmlLine(make), model: xmlLine(model) },
    ...shapeOf(answers),
    ...moneyOf(answers, kind.method),
    comments: xmlText(comments.join("\n")),
  }));
}

interface Kind {
  readonly interest: "buy" | "lease";
  readonly status: "new" | "used";
  /** null when the person has not decided. */
  readonly method: string | null;
}

const methods: Readonly<Record<string, string>> = {
  CASH: "cash",
  LOAN: "finance",
  LEASE_WITH_OPTION: "lease",
  LONG_TERM_RENTAL: "lease",
};

function kindOf(product: string, answers: Answered): Kind {
  const status = product === "USED_CAR" ? "used" : "new";
  const financing = product === "LONG_TERM_LEASE" ? "LONG_TERM_RENTAL" : String(answers.value("financing"));
  const known = methods[financing];
  return { interest: known === "lease" ? "lease" : "buy", status, method: known ?? null };
}

/** ADF's `finance` requires a method. Without one the budget appears only as text, and never as a vehicle's price. */
function moneyOf(answers: Answered, method: string | null): Element {
  const limits = (
    [
      ["total", "budgetEuros"],
      ["monthly", "monthlyBudgetEuros"],
      ["downpayment", "downPaymentEuros"],
    ] as const
  ).flatMap(([type, field]) => {
    const euros = answers.number(field);
    return euros === undefined
      ? []
      : [adfElement({ type, limit: "maximum", currency: "EUR" }, decimal(euros))];
  });
  const said = saidOf(answers, ["budgetEuros", "monthlyBudgetEuros", "downPaymentEuros", "financing"]);
  return {
    pricecomments: said.length > 0 ? xmlText(said.join("\n")) : undefined,
    finance: method !== null && limits.length > 0 ? { method, amount: limits } : undefined,
  };
}

/** Never in exponent notation, which XML Schema decimals do not allow. */
const decimal = (euros: number): string => (Number.isInteger(euros) ? String(euros) : euros.toFixed(2));

/** The vehicle that the person gives up and, if they stated it, the one that replaces it. */
function tradedIn(answers: Answered, lead: Lead): readonly Element[] {
  const replacement = answers.value("replacement");
  const status = { NEW: "new", USED: "used" }[String(replacement)];
  const own: Element = {
    ...{ "@interest": status === undefined ? "sell" : "trade-in", "@status": "used" },
    ...ownVehicle(answers),
    ...shapeOf(answers),
    odometer: odometerOf(answers),
    comments: xmlText(
      ["Véhicule de la personne.", ...saidOf(answers, ["condition", "serviceBook", "energy"])].join("\n"),
    ),
  };
  if (status === undefined) return [own];
  const next: Element = {
    ...{ "@interest": "buy", "@status": status },
    ...{ year: yearOf(lead), make: open, model: open },
    comments: "Véhicule que la personne pense acheter : ni marque, ni modèle, ni année ne sont demandés.",
  };
  return [next, own];
}

/** Without `interest`, because no value of ADF fits insurance. The comments state first what the person wants. */
const insured = (answers: Answered): Element => ({
  "@status": "used",
  ...ownVehicle(answers),
  comments: xmlText(
    [
      "Véhicule à assurer, que la personne possède : elle ne veut ni l'acheter ni le vendre.",
      ...saidOf(answers, ["energy", "use", "kmPerYear", "parking"]),
    ].join("\n"),
  ),
});

function ownVehicle(answers: Answered): Element {
  const year = answers.number("firstRegisteredYear");
  return {
    year: year === undefined ? "" : String(Math.floor(year)),
    make: xmlLine(answers.words("make")),
    model: xmlLine(answers.words("model")) || "Non précisé",
  };
}

function odometerOf(answers: Answered): Element | undefined {
  const kilometres = answers.number("mileageKm");
  return kilometres === undefined
    ? undefined
    : adfElement({ status: "unknown", units: "km" }, String(Math.round(kilometres)));
}

const shapeOf = (answers: Answered): Element => ({
  bodystyle: xmlLine(answers.words("body")) || undefined,
  transmission: xmlLine(answers.words("gearbox")) || undefined,
});

const yearOf = ({ submittedAt }: Lead): string =>
  String(DateTime.fromISO(submittedAt, { zone: "Europe/Paris" }).year);

const names: Readonly<Record<string, string>> = {
  energy: "Énergie",
  maxMileageKm: "Kilométrage au plus",
  maxAgeYears: "Âge au plus",
  tradeIn: "Reprise du véhicule actuel (non décrit)",
  budgetEuros: "Budget au plus, toutes taxes comprises",
  monthlyBudgetEuros: "Loyer mensuel au plus, toutes taxes comprises",
  downPaymentEuros: "Premier loyer majoré au plus",
  financing: "Financement",
  condition: "État",
  serviceBook: "Carnet d'entretien à jour",
  use: "Usage",
  kmPerYear: "Kilomètres par an",
  parking: "Stationnement la nuit",
};

const saidOf = (answers: Answered, fields: readonly string[]): readonly string[] =>
  fields.flatMap((field) => {
    const words = answers.words(field);
    return words === "" ? [] : [`${names[field] ?? field} : ${words}`];
  });
