/** The explanation of each return decision for the supplier. It reveals nothing about the person. */
import type { Finding } from "./return";

export const explanations: Readonly<Record<Finding, { readonly FR: string; readonly EN: string }>> = {
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
  DEADLINE_PASSED: {
    FR: "Nous n'avons pas décidé dans le délai : le retour est accepté.",
    EN: "We did not decide in time: the return is accepted.",
  },
};
