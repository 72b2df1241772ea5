/**
 * The product "new car": its questions, their reasons, and the terms on which its leads are sold. Leads keep the
 * version of the form with which they were filled in, so a change to the form is a new version.
 */
import { type FormField, type FormOption } from "../form";
import { productFrom } from "../forms-of";
import { newCarDeclarations } from "./new-car-consent";
import { named, option } from "../options";
import { comment, horizon, wishesAmong } from "./vehicle-fields";

const makes: readonly FormOption[] = [
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
];

const bodies: readonly FormOption[] = [
  option("CITY_CAR", "Citadine", "City car"),
  option("SALOON", "Berline", "Saloon"),
  option("ESTATE", "Break", "Estate"),
  option("SUV", "SUV", "SUV"),
  option("PEOPLE_CARRIER", "Monospace", "People carrier"),
  option("COUPE_CONVERTIBLE", "Coupé ou cabriolet", "Coupé or convertible"),
  option("VAN", "Utilitaire", "Van"),
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

const wantedBy: FormField = {
  id: "wantedBy",
  label: { FR: "Livraison souhaitée avant le", EN: "Delivery wanted by" },
  type: "DATE",
  required: false,
  servesFor: {
    FR: "Écarter les fournisseurs qui ne peuvent pas livrer à temps.",
    EN: "To leave out suppliers that cannot deliver in time.",
  },
};

export const NEW_CAR = productFrom({
  id: "NEW_CAR",
  label: { FR: "Voiture neuve", EN: "New car" },
  recipientsShown: 5,
  seats: 3,
  rankedBy: "PRICE_THEN_DRAW",
  needsStreet: false,
  atOrias: false,
  floorCents: 2_000,
  forms: [
    {
      product: "NEW_CAR",
      version: 1,
      fields: [
        ...wishesAmong({ makes, bodies }),
        ...means,
        horizon({ FR: "Quand pensez-vous acheter ?", EN: "When do you plan to buy?" }),
        wantedBy,
        comment,
      ],
      declarations: newCarDeclarations,
      confirmBy: ["SMS", "EMAIL"],
    },
  ],
});
