/** The product "trade-in": a person sells a car to a professional. A change to the form is a new version. */
import { type FormField } from "../form";
import { productFrom } from "../forms-of";
import { option } from "../options";
import { declarationsFor } from "./declarations";
import { comment, horizon, ownVehicle } from "./vehicle-fields";

const estimate = { FR: "Estimer votre véhicule.", EN: "To estimate your vehicle." };

const state: readonly FormField[] = [
  {
    id: "mileageKm",
    label: { FR: "Kilométrage", EN: "Mileage" },
    type: "NUMBER",
    required: true,
    min: 0,
    max: 1_500_000,
    unit: "km",
    servesFor: estimate,
  },
  {
    id: "condition",
    label: { FR: "État", EN: "Condition" },
    type: "CHOICE",
    required: true,
    options: [
      option("VERY_GOOD", "Très bon", "Very good"),
      option("GOOD", "Bon", "Good"),
      option("WORN", "Usé", "Worn"),
      option("DAMAGED", "Endommagé", "Damaged"),
      option("NOT_RUNNING", "Non roulant", "Not running"),
    ],
    servesFor: estimate,
  },
  {
    id: "gearbox",
    label: { FR: "Boîte de vitesses", EN: "Gearbox" },
    type: "CHOICE",
    required: false,
    options: [option("MANUAL", "Manuelle", "Manual"), option("AUTOMATIC", "Automatique", "Automatic")],
    servesFor: estimate,
  },
  {
    id: "serviceBook",
    label: { FR: "Carnet d'entretien à jour", EN: "Service book up to date" },
    type: "BOOLEAN",
    required: false,
    servesFor: estimate,
  },
  {
    id: "replacement",
    label: { FR: "Vous rachetez une voiture", EN: "You buy another car" },
    type: "CHOICE",
    required: false,
    options: [
      option("NEW", "Neuve", "New"),
      option("USED", "D'occasion", "Used"),
      option("NONE", "Non", "No"),
    ],
    servesFor: {
      FR: "Trouver un professionnel qui reprend, ou qui achète sans rien vendre.",
      EN: "To find a professional that takes in part exchange, or that buys without selling.",
    },
  },
];

export const TRADE_IN = productFrom({
  id: "TRADE_IN",
  label: { FR: "Reprise de véhicule", EN: "Trade-in" },
  recipientsShown: 5,
  seats: 3,
  // The nearest suppliers come first, because the person has to bring the car.
  rankedBy: "NEAREST_THEN_PRICE",
  needsStreet: false,
  atOrias: false,
  floorCents: 1_000,
  forms: [
    {
      product: "TRADE_IN",
      version: 1,
      fields: [
        ...ownVehicle(estimate),
        ...state,
        horizon({ FR: "Quand pensez-vous vendre ?", EN: "When do you plan to sell?" }),
        comment,
      ],
      declarations: declarationsFor({
        FR: {
          paragraphs: [
            "Cette demande ne vous oblige pas à vendre, et une estimation n'est pas une offre : le professionnel ne s'engage qu'après avoir vu le véhicule.",
          ],
        },
        EN: {
          paragraphs: [
            "This request does not oblige you to sell, and an estimate is no offer: the professional commits only after seeing the vehicle.",
          ],
        },
      }),
      confirmBy: ["SMS", "EMAIL"],
    },
  ],
});
