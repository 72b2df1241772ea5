/** The words of each finding of a return, for the supplier. They reveal nothing about the person. */
import type { Language, Words } from "../../shared/language";
import type { Finding } from "./return";

/** The grounds of decisions that are made on demand in the sandbox. */
export type SandboxFinding = "SANDBOX_ACCEPTED" | "SANDBOX_REJECTED";

const explanations: Readonly<Record<Finding | SandboxFinding, Words>> = {
  NUMBER_PROVEN: {
    FR: "La personne a confirmé ce numéro par un code envoyé à celui-ci.",
    EN: "The person confirmed this number by a code that was sent to it.",
  },
  NO_NUMBER_GIVEN: {
    FR: "Aucun numéro ne vous a été transmis : la personne n'a pas consenti au téléphone.",
    EN: "You were given no number: the person did not consent to the telephone.",
  },
  DUPLICATE_FOUND: {
    FR: "Cette personne vous avait déjà été transmise pour ce produit dans la fenêtre de votre campagne.",
    EN: "You had received this person for this product within the window of your campaign.",
  },
  NO_DUPLICATE: {
    FR: "Cette personne ne vous avait pas été transmise pour ce produit dans la fenêtre de votre campagne.",
    EN: "You had not received this person for this product within the window of your campaign.",
  },
  IN_ZONE: {
    FR: "Le lieu de la demande est dans les zones de votre campagne.",
    EN: "The place of the request lies in the zones of your campaign.",
  },
  NOT_IN_ZONE: {
    FR: "Le lieu de la demande n'est pas dans les zones de votre campagne.",
    EN: "The place of the request does not lie in the zones of your campaign.",
  },
  WITHDRAWN_UNREAD: {
    FR: "Le consentement a été retiré avant que vous n'ayez lu le lead.",
    EN: "Consent was withdrawn before you had read the lead.",
  },
  WITHDRAWN_AFTER_READING: {
    FR: "Vous aviez lu le lead avant que le consentement ne soit retiré.",
    EN: "You had read the lead before consent was withdrawn.",
  },
  NOT_WITHDRAWN: {
    FR: "Le consentement n'a pas été retiré.",
    EN: "Consent was not withdrawn.",
  },
  BY_A_PERSON: {
    FR: "Décision prise par une personne de CarAtlas.",
    EN: "Decided by a person at CarAtlas.",
  },
  WITHDRAWN_BY_SUPPLIER: {
    FR: "Vous avez retiré ce retour avant qu'il ne soit décidé.",
    EN: "You withdrew this return before it was decided.",
  },
  DEADLINE_PASSED: {
    FR: "Nous n'avons pas décidé dans le délai : le retour est accepté.",
    EN: "We did not decide in time: the return is accepted.",
  },
  SANDBOX_ACCEPTED: {
    FR: "Bac à sable : accepté à la demande.",
    EN: "Sandbox: accepted on demand.",
  },
  SANDBOX_REJECTED: {
    FR: "Bac à sable : refusé à la demande.",
    EN: "Sandbox: refused on demand.",
  },
};

const wordsByFinding: ReadonlyMap<string, Words> = new Map(Object.entries(explanations));

/** null for a finding that this version does not know, and for none. */
export const explanationOf = (finding: string | null, language: Language): string | null =>
  finding === null ? null : (wordsByFinding.get(finding)?.[language] ?? null);
