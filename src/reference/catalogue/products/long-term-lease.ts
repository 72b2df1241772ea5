/**
 * The product "long-term lease". It does not offer the purpose CREDIT_CHECK, because suppliers are not yet told who
 * consented to it. A change to the form is a new version.
 */
import { type FormField } from "../form";
import { productFrom } from "../forms-of";
import { option } from "../options";
import { declarationsFor } from "./declarations";
import { comment, horizon, wishes } from "./vehicle-fields";

const price = {
  FR: "Calculer un loyer qui corresponde à votre usage.",
  EN: "To work out a rent that fits your use.",
};

const terms: readonly FormField[] = [
  {
    id: "holder",
    label: { FR: "Vous louez", EN: "You rent" },
    type: "CHOICE",
    required: true,
    options: [
      option("PRIVATE", "Pour vous-même", "For yourself"),
      option("BUSINESS", "Pour une entreprise", "For a business"),
    ],
    servesFor: {
      FR: "Trouver les bailleurs qui louent aux particuliers ou aux entreprises.",
      EN: "To find lessors that let to private persons or to businesses.",
    },
  },
  {
    id: "monthlyBudgetEuros",
    label: { FR: "Loyer mensuel, toutes taxes comprises", EN: "Monthly rent, taxes included" },
    type: "NUMBER",
    required: true,
    min: 50,
    max: 5_000,
    unit: "EUR/mois",
    servesFor: {
      FR: "Ne vous adresser qu'à des bailleurs qui louent à ce loyer.",
      EN: "To turn only to lessors that let at this rent.",
    },
  },
  {
    id: "downPaymentEuros",
    label: { FR: "Premier loyer majoré, au plus", EN: "Higher first rent, at most" },
    type: "NUMBER",
    required: false,
    min: 0,
    max: 100_000,
    unit: "EUR",
    servesFor: price,
  },
  {
    id: "duration",
    label: { FR: "Durée", EN: "Duration" },
    type: "CHOICE",
    required: true,
    options: [
      option("MONTHS_12", "12 mois", "12 months"),
      option("MONTHS_24", "24 mois", "24 months"),
      option("MONTHS_36", "36 mois", "36 months"),
      option("MONTHS_48", "48 mois", "48 months"),
      option("MONTHS_60", "60 mois", "60 months"),
    ],
    servesFor: price,
  },
  {
    id: "kmPerYear",
    label: { FR: "Kilomètres par an", EN: "Kilometres a year" },
    type: "NUMBER",
    required: true,
    min: 1_000,
    max: 100_000,
    unit: "km/an",
    servesFor: price,
  },
  {
    id: "services",
    label: { FR: "Services compris", EN: "Services included" },
    type: "MULTICHOICE",
    required: false,
    options: [
      option("MAINTENANCE", "Entretien", "Maintenance"),
      option("TYRES", "Pneus", "Tyres"),
      option("ASSISTANCE", "Assistance", "Roadside assistance"),
      option("REPLACEMENT_CAR", "Véhicule de remplacement", "Replacement car"),
      option("INSURANCE", "Assurance", "Insurance"),
    ],
    servesFor: {
      FR: "Trouver les bailleurs qui proposent ces services.",
      EN: "To find lessors that offer these services.",
    },
  },
];

export const LONG_TERM_LEASE = productFrom({
  id: "LONG_TERM_LEASE",
  label: { FR: "Location longue durée", EN: "Long-term lease" },
  recipientsShown: 5,
  seats: 3,
  rankedBy: "QUALITY_THEN_PRICE",
  needsStreet: false,
  atOrias: false,
  floorCents: 2_000,
  forms: [
    {
      product: "LONG_TERM_LEASE",
      version: 1,
      fields: [
        ...wishes,
        ...terms,
        horizon({ FR: "Quand voulez-vous la voiture ?", EN: "When do you want the car?" }),
        comment,
      ],
      declarations: declarationsFor({
        FR: {
          paragraphs: [
            "Cette demande ne vous engage à rien. La location longue durée est un contrat de location : la voiture reste au bailleur, et des loyers, un kilométrage et une remise en état peuvent vous être demandés jusqu'à son terme. Le bailleur décide seul de louer ou non, après étude de votre dossier ; CarAtlas n'accorde ni location ni crédit et ne calcule aucune note de solvabilité.",
            "Par cette demande, vous n'autorisez personne à interroger à votre sujet un organisme de renseignement sur le crédit : le bailleur qui souhaite le faire doit vous le demander lui-même.",
          ],
        },
        EN: {
          paragraphs: [
            "This request obliges you to nothing. A long-term lease is a contract of hire: the car stays the lessor's, and rents, kilometres and repairs may be asked of you until it ends. The lessor alone decides whether to let, after studying your case; CarAtlas grants neither lease nor credit and computes no credit score.",
            "By this request you allow nobody to ask a credit agency about you: a lessor that wishes to do so has to ask you itself.",
          ],
        },
      }),
      confirmBy: ["SMS", "EMAIL"],
    },
  ],
});
