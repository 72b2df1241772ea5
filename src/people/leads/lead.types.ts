import { registerEnumType } from "type-graphql";
import type { Civility as Title } from "./contact";

export const Civility: Record<Title, Title> = {
  MADAME: "MADAME",
  MONSIEUR: "MONSIEUR",
  UNSPECIFIED: "UNSPECIFIED",
};
registerEnumType(Civility, {
  name: "Civility",
  description: "How to address a person.",
  valuesConfig: {
    MADAME: { description: "Madame." },
    MONSIEUR: { description: "Monsieur." },
    UNSPECIFIED: { description: "The person did not say." },
  },
});
