/**
 * The product "new car": what is asked, why, and on which terms such a lead is sold. Leads keep the
 * version of the form they were filled in on, so a change here is a new version.
 */
import { type FormField, type Product } from "../form";
import { newCarDeclarations } from "./new-car-consent";
import { named, option } from "../options";

const wishes: readonly FormField[] = [
  {
    id: "makes",
    label: { FR: "Marques envisagées", EN: "Makes considered" },
    type: "MULTICHOICE",
    required: false,
    options: [
      named("ALFA_ROMEO", "Alfa Romeo"),
      named("AUDI", "Audi"),
      named("BMW", "BMW"),
      named("BYD", "BYD"),
      named("CITROEN", "Citroën"),
      named("CUPRA", "Cupra"),
      named("DACIA", "Dacia"),
      named("DS", "DS"),
      named("FIAT", "Fiat"),
      named("FORD", "Ford"),
      named("HYUNDAI", "Hyundai"),
      named("KIA", "Kia"),
      named("MERCEDES", "Mercedes-Benz"),
      named("MG", "MG"),
      named("MINI", "Mini"),
      named("NISSAN", "Nissan"),
      named("OPEL", "Opel"),
      named("PEUGEOT", "Peugeot"),
      named("RENAULT", "Renault"),
      named("SEAT", "Seat"),
      named("SKODA", "Škoda"),
      named("SUZUKI", "Suzuki"),
      named("TESLA", "Tesla"),
      named("TOYOTA", "Toyota"),
      named("VOLKSWAGEN", "Volkswagen"),
      named("VOLVO", "Volvo"),
    ],
    servesFor: {
      FR: "Trouver les fournisseurs de ces marques. Sans préférence, ne répondez pas.",
      EN: "To find suppliers of these makes. If you have no preference, leave it out.",
    },
  },
  {
    id: "model",
    label: { FR: "Modèle", EN: "Model" },
    type: "TEXT",
    required: false,
    servesFor: {
      FR: "Dire au fournisseur le modèle que vous avez en tête.",
      EN: "To tell the supplier which model you have in mind.",
    },
  },
  {
    id: "energy",
    label: { FR: "Énergies envisagées", EN: "Energies considered" },
    type: "MULTICHOICE",
    required: false,
    options: [
      option("PETROL", "Essence", "Petrol"),
      option("DIESEL", "Diesel", "Diesel"),
      option("HYBRID", "Hybride", "Hybrid"),
      option("PLUG_IN_HYBRID", "Hybride rechargeable", "Plug-in hybrid"),
      option("ELECTRIC", "Électrique", "Electric"),
      option("LPG", "GPL", "LPG"),
    ],
    servesFor: {
      FR: "Trouver les fournisseurs qui proposent ces énergies.",
      EN: "To find suppliers that offer these energies.",
    },
  },
  {
    id: "body",
    label: { FR: "Carrosserie", EN: "Body" },
    type: "CHOICE",
    required: false,
    options: [
      option("CITY_CAR", "Citadine", "City car"),
      option("SALOON", "Berline", "Saloon"),
      option("ESTATE", "Break", "Estate"),
      option("SUV", "SUV", "SUV"),
      option("PEOPLE_CARRIER", "Monospace", "People carrier"),
      option("COUPE_CONVERTIBLE", "Coupé ou cabriolet", "Coupé or convertible"),
      option("VAN", "Utilitaire", "Van"),
    ],
    servesFor: { FR: "Cibler les véhicules adaptés.", EN: "To aim at suitable vehicles." },
  },
];

const means: readonly FormField[] = [
  {
    id: "budgetEuros",
    label: { FR: "Budget, toutes taxes comprises", EN: "Budget, taxes included" },
    type: "NUMBER",
    required: true,
    min: 5_000,
    max: 300_000,
    unit: "EUR",
    servesFor: {
      FR: "Ne vous adresser qu'à des fournisseurs qui vendent dans ce budget.",
      EN: "To turn only to suppliers that sell within this budget.",
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
      option("LONG_TERM_RENTAL", "Location longue durée (LLD)", "Long-term rental"),
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

const moment: readonly FormField[] = [
  {
    id: "horizon",
    label: { FR: "Quand pensez-vous acheter ?", EN: "When do you plan to buy?" },
    type: "CHOICE",
    required: true,
    options: [
      option("NOW", "Dès que possible", "As soon as possible"),
      option("WITHIN_3_MONTHS", "Dans les 3 mois", "Within 3 months"),
      option("WITHIN_6_MONTHS", "Dans les 6 mois", "Within 6 months"),
      option("LATER", "Plus tard", "Later"),
    ],
    servesFor: {
      FR: "Vous mettre en relation au moment utile.",
      EN: "To put you in touch at the useful moment.",
    },
  },
  {
    id: "wantedBy",
    label: { FR: "Livraison souhaitée avant le", EN: "Delivery wanted by" },
    type: "DATE",
    required: false,
    servesFor: {
      FR: "Écarter les fournisseurs qui ne peuvent pas livrer à temps.",
      EN: "To leave out suppliers that cannot deliver in time.",
    },
  },
  {
    id: "comment",
    label: { FR: "Précisions", EN: "Anything else" },
    type: "TEXT",
    required: false,
    servesFor: {
      FR: "Transmettre vos précisions aux fournisseurs que vous avez cochés.",
      EN: "To pass what you add on to the suppliers you ticked.",
    },
  },
];

export const NEW_CAR: Product = {
  id: "NEW_CAR",
  label: { FR: "Voiture neuve", EN: "New car" },
  recipientsShown: 5,
  seats: 3,
  needsStreet: false,
  floorCents: 2_000,
  form: {
    product: "NEW_CAR",
    version: 1,
    fields: [...wishes, ...means, ...moment],
    declarations: newCarDeclarations,
    confirmBy: ["SMS", "EMAIL"],
  },
};
