/** The product "used car". A change to the form is a new version. */
import { type FormField } from "../form";
import { productFrom } from "../forms-of";
import { option } from "../options";
import { declarationsFor } from "./declarations";
import { comment, horizon, wishes } from "./vehicle-fields";

const limits: readonly FormField[] = [
  {
    id: "gearbox",
    label: { FR: "Boîte de vitesses", EN: "Gearbox" },
    type: "CHOICE",
    required: false,
    options: [option("MANUAL", "Manuelle", "Manual"), option("AUTOMATIC", "Automatique", "Automatic")],
    servesFor: { FR: "Cibler les véhicules adaptés.", EN: "To aim at suitable vehicles." },
  },
  {
    id: "budgetEuros",
    label: { FR: "Budget, toutes taxes comprises", EN: "Budget, taxes included" },
    type: "NUMBER",
    required: true,
    min: 500,
    max: 300_000,
    unit: "EUR",
    servesFor: {
      FR: "Ne vous adresser qu'à des fournisseurs qui vendent dans ce budget.",
      EN: "To turn only to suppliers that sell within this budget.",
    },
  },
  {
    id: "maxMileageKm",
    label: { FR: "Kilométrage maximal", EN: "Highest mileage" },
    type: "NUMBER",
    required: false,
    min: 0,
    max: 500_000,
    unit: "km",
    servesFor: {
      FR: "Écarter les véhicules qui ont trop roulé pour vous.",
      EN: "To leave out vehicles that have run too far for you.",
    },
  },
  {
    id: "maxAgeYears",
    label: { FR: "Âge maximal du véhicule", EN: "Highest age of the vehicle" },
    type: "NUMBER",
    required: false,
    min: 0,
    max: 60,
    unit: "ans",
    servesFor: {
      FR: "Écarter les véhicules trop anciens pour vous.",
      EN: "To leave out vehicles that are too old for you.",
    },
  },
  {
    id: "financing",
    label: { FR: "Financement", EN: "Financing" },
    type: "CHOICE",
    required: false,
    options: [
      option("CASH", "Comptant", "Cash"),
      option("LOAN", "Crédit", "Loan"),
      option("LEASE_WITH_OPTION", "Location avec option d'achat (LOA)", "Lease with purchase option"),
      option("UNDECIDED", "Pas encore décidé", "Undecided"),
    ],
    servesFor: {
      FR: "Préparer une proposition sous la forme qui vous convient.",
      EN: "To prepare an offer in the form that suits you.",
    },
  },
  {
    id: "tradeIn",
    label: { FR: "Reprise de votre véhicule", EN: "Trade-in of your vehicle" },
    type: "BOOLEAN",
    required: false,
    servesFor: {
      FR: "Trouver un fournisseur qui reprend les véhicules.",
      EN: "To find a supplier that takes vehicles in part exchange.",
    },
  },
];

export const USED_CAR = productFrom({
  id: "USED_CAR",
  label: { FR: "Voiture d'occasion", EN: "Used car" },
  recipientsShown: 5,
  seats: 3,
  rankedBy: "PRICE_THEN_DRAW",
  needsStreet: false,
  atOrias: false,
  floorCents: 1_200,
  forms: [
    {
      product: "USED_CAR",
      version: 1,
      fields: [
        ...wishes,
        ...limits,
        horizon({ FR: "Quand pensez-vous acheter ?", EN: "When do you plan to buy?" }),
        comment,
      ],
      declarations: declarationsFor({
        FR: {
          paragraphs: [
            "Cette demande ne vous engage à aucun achat. Si vous indiquez un crédit ou une location avec option d'achat, c'est l'organisme qui le propose qui étudie votre dossier : CarAtlas n'accorde aucun crédit.",
          ],
        },
        EN: {
          paragraphs: [
            "This request does not oblige you to buy anything. If you name a loan or a lease with purchase option, the lender that offers it studies your case: CarAtlas grants no credit.",
          ],
        },
      }),
      confirmBy: ["SMS", "EMAIL"],
    },
  ],
});
