/**
 * Questions about a vehicle that several products share. Forms are immutable, so a change here requires a new version
 * of every form that uses it. A question of one product only belongs in that product's file.
 */
import { type FormField, type FormOption, type Label } from "../form";
import { named, option } from "../options";

/** The most requested makes. Their values are the ids of the vehicle catalogue. */
export const makes: readonly FormOption[] = [
  ...[named("ABARTH", "Abarth"), named("ALFA_ROMEO", "Alfa Romeo"), named("ALPINE", "Alpine")],
  ...[named("AUDI", "Audi"), named("BMW", "BMW"), named("BYD", "BYD"), named("CHEVROLET", "Chevrolet")],
  ...[named("CITROEN", "Citroën"), named("CUPRA", "Cupra"), named("DACIA", "Dacia"), named("DS", "DS")],
  ...[named("FIAT", "Fiat"), named("FORD", "Ford"), named("HONDA", "Honda"), named("HYUNDAI", "Hyundai")],
  ...[named("JAGUAR", "Jaguar"), named("JEEP", "Jeep"), named("KIA", "Kia")],
  ...[named("LAND_ROVER", "Land Rover"), named("LEXUS", "Lexus"), named("MAZDA", "Mazda")],
  ...[named("MERCEDES", "Mercedes-Benz"), named("MG", "MG"), named("MINI", "Mini")],
  ...[named("MITSUBISHI", "Mitsubishi"), named("NISSAN", "Nissan"), named("OPEL", "Opel")],
  ...[named("PEUGEOT", "Peugeot"), named("PORSCHE", "Porsche"), named("RENAULT", "Renault")],
  ...[named("SEAT", "Seat"), named("SKODA", "Škoda"), named("SMART", "Smart"), named("SUZUKI", "Suzuki")],
  ...[named("TESLA", "Tesla"), named("TOYOTA", "Toyota"), named("VOLKSWAGEN", "Volkswagen")],
  named("VOLVO", "Volvo"),
];

const energies: readonly FormOption[] = [
  option("PETROL", "Essence", "Petrol"),
  option("DIESEL", "Diesel", "Diesel"),
  option("HYBRID", "Hybride", "Hybrid"),
  option("PLUG_IN_HYBRID", "Hybride rechargeable", "Plug-in hybrid"),
  option("ELECTRIC", "Électrique", "Electric"),
  option("LPG", "GPL", "LPG"),
];

const bodies: readonly FormOption[] = [
  option("CITY_CAR", "Citadine", "City car"),
  option("SALOON", "Berline", "Saloon or hatchback"),
  option("ESTATE", "Break", "Estate"),
  option("SUV", "SUV", "SUV"),
  option("PEOPLE_CARRIER", "Monospace", "People carrier"),
  option("COUPE_CONVERTIBLE", "Coupé ou cabriolet", "Coupé or convertible"),
  option("PICK_UP", "Pick-up", "Pick-up"),
  option("VAN", "Utilitaire", "Van"),
];

const wishedModel: FormField = {
  id: "model",
  label: { FR: "Modèle", EN: "Model" },
  type: "TEXT",
  required: false,
  servesFor: {
    FR: "Dire au fournisseur le modèle que vous avez en tête.",
    EN: "To tell the supplier which model you have in mind.",
  },
};

const wishedEnergy: FormField = {
  id: "energy",
  label: { FR: "Énergies envisagées", EN: "Energies considered" },
  type: "MULTICHOICE",
  required: false,
  options: energies,
  servesFor: {
    FR: "Trouver les fournisseurs qui proposent ces énergies.",
    EN: "To find suppliers that offer these energies.",
  },
};

/** The vehicle that the person wants. All of these questions are optional. */
export const wishesAmong = (offer: {
  readonly makes: readonly FormOption[];
  readonly bodies: readonly FormOption[];
}): readonly FormField[] => [
  {
    id: "makes",
    label: { FR: "Marques envisagées", EN: "Makes considered" },
    type: "MULTICHOICE",
    required: false,
    options: offer.makes,
    servesFor: {
      FR: "Trouver les fournisseurs de ces marques. Sans préférence, ne répondez pas.",
      EN: "To find suppliers of these makes. If you have no preference, leave it out.",
    },
  },
  wishedModel,
  wishedEnergy,
  {
    id: "body",
    label: { FR: "Carrosserie", EN: "Body" },
    type: "CHOICE",
    required: false,
    options: offer.bodies,
    servesFor: { FR: "Cibler les véhicules adaptés.", EN: "To aim at suitable vehicles." },
  },
];

export const wishes: readonly FormField[] = wishesAmong({ makes, bodies });

/** The vehicle that the person has. The plate is not asked: it identifies the holder and has no use yet. */
export const ownVehicle = (why: Label): readonly FormField[] => [
  {
    id: "make",
    label: { FR: "Marque", EN: "Make" },
    type: "CHOICE",
    required: true,
    options: [...makes, option("OTHER", "Autre", "Other")],
    servesFor: why,
  },
  {
    id: "model",
    label: { FR: "Modèle et version", EN: "Model and version" },
    type: "TEXT",
    required: true,
    servesFor: why,
  },
  {
    id: "energy",
    label: { FR: "Énergie", EN: "Energy" },
    type: "CHOICE",
    required: true,
    options: energies,
    servesFor: why,
  },
  {
    id: "firstRegisteredYear",
    label: { FR: "Année de première immatriculation", EN: "Year of first registration" },
    type: "NUMBER",
    required: true,
    min: 1950,
    max: 2100,
    servesFor: why,
  },
];

export const horizon = (question: Label): FormField => ({
  id: "horizon",
  label: question,
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
});

export const comment: FormField = {
  id: "comment",
  label: { FR: "Précisions", EN: "Anything else" },
  type: "TEXT",
  required: false,
  servesFor: {
    FR: "Transmettre vos précisions aux fournisseurs que vous avez cochés.",
    EN: "To pass what you add on to the suppliers you ticked.",
  },
};
