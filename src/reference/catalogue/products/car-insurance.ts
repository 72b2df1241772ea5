/**
 * The product "car insurance": a request for a quote, not the preparation of a contract. The form never asks about
 * offences, suspended licences or health, because CarAtlas has no legal basis to hold such data. A change to the form
 * is a new version.
 */
import { type FormField } from "../form";
import { productFrom } from "../forms-of";
import { option } from "../options";
import { declarationsFor } from "./declarations";
import { comment, ownVehicle } from "./vehicle-fields";

const tariff = { FR: "Établir un premier tarif.", EN: "To work out a first price." };

const use: readonly FormField[] = [
  {
    id: "use",
    label: { FR: "Usage", EN: "Use" },
    type: "CHOICE",
    required: true,
    options: [
      option("PRIVATE", "Vie privée", "Private"),
      option("COMMUTING", "Vie privée et trajet domicile-travail", "Private and commuting"),
      option("BUSINESS", "Déplacements professionnels", "Business"),
    ],
    servesFor: tariff,
  },
  {
    id: "kmPerYear",
    label: { FR: "Kilomètres par an", EN: "Kilometres a year" },
    type: "NUMBER",
    required: false,
    min: 0,
    max: 200_000,
    unit: "km/an",
    servesFor: tariff,
  },
  {
    id: "parking",
    label: { FR: "Stationnement la nuit", EN: "Parking at night" },
    type: "CHOICE",
    required: false,
    options: [
      option("STREET", "Voie publique", "Street"),
      option("CAR_PARK", "Parking fermé", "Closed car park"),
      option("GARAGE", "Garage", "Garage"),
    ],
    servesFor: tariff,
  },
];

const history: readonly FormField[] = [
  {
    id: "bonusMalus",
    label: { FR: "Coefficient de réduction-majoration", EN: "No-claims coefficient (bonus-malus)" },
    type: "NUMBER",
    required: false,
    min: 0.5,
    max: 3.5,
    servesFor: tariff,
  },
  {
    id: "yearsLicensed",
    label: { FR: "Années de permis", EN: "Years since the driving licence" },
    type: "NUMBER",
    required: true,
    min: 0,
    max: 80,
    unit: "ans",
    servesFor: tariff,
  },
  {
    id: "claimsIn3Years",
    label: { FR: "Sinistres déclarés en trois ans", EN: "Claims made in three years" },
    type: "NUMBER",
    required: false,
    min: 0,
    max: 20,
    servesFor: tariff,
  },
  {
    id: "insuredNow",
    label: { FR: "Assuré actuellement", EN: "Insured at present" },
    type: "BOOLEAN",
    required: false,
    servesFor: {
      FR: "Savoir si l'assureur doit aussi résilier l'ancien contrat.",
      EN: "To know whether the insurer also has to end the former contract.",
    },
  },
];

const wanted: readonly FormField[] = [
  {
    id: "cover",
    label: { FR: "Formule", EN: "Cover" },
    type: "CHOICE",
    required: true,
    options: [
      option("THIRD_PARTY", "Au tiers", "Third party"),
      option(
        "THIRD_PARTY_PLUS",
        "Au tiers étendu (vol, incendie, bris de glace)",
        "Third party, fire, theft, glass",
      ),
      option("COMPREHENSIVE", "Tous risques", "Comprehensive"),
      option("UNDECIDED", "Pas encore décidé", "Undecided"),
    ],
    servesFor: {
      FR: "Trouver les assureurs qui proposent cette formule.",
      EN: "To find insurers that offer this cover.",
    },
  },
  {
    id: "startsOn",
    label: { FR: "À assurer à partir du", EN: "To be insured from" },
    type: "DATE",
    required: true,
    servesFor: {
      FR: "Vous mettre en relation au moment utile.",
      EN: "To put you in touch at the useful moment.",
    },
  },
];

export const CAR_INSURANCE = productFrom({
  id: "CAR_INSURANCE",
  label: { FR: "Assurance auto", EN: "Car insurance" },
  recipientsShown: 5,
  seats: 3,
  rankedBy: "TURN_THEN_PRICE",
  needsStreet: false,
  atOrias: true,
  floorCents: 1_000,
  forms: [
    {
      product: "CAR_INSURANCE",
      version: 1,
      fields: [...ownVehicle(tariff), ...use, ...history, ...wanted, comment],
      declarations: declarationsFor({
        FR: {
          paragraphs: [
            "Cette demande ne vous engage à aucun contrat et ne vous assure pas : vous n'êtes couvert qu'une fois un contrat conclu avec un assureur. CarAtlas n'est pas assureur, ne conseille pas, ne compare pas les garanties et ne conclut aucun contrat ; l'ordre des noms n'est pas un conseil.",
            "Vos réponses servent à un premier tarif. L'assureur vous demandera lui-même, avant tout contrat, ce qui est nécessaire pour apprécier le risque.",
          ],
        },
        EN: {
          paragraphs: [
            "This request commits you to no contract and does not insure you: you are covered only once a contract is concluded with an insurer. CarAtlas is no insurer, gives no advice, compares no cover and concludes no contract; the order of the names is no advice.",
            "Your answers serve a first price. Before any contract, the insurer itself will ask you what it needs to assess the risk.",
          ],
        },
      }),
      confirmBy: ["SMS", "EMAIL"],
    },
  ],
});
