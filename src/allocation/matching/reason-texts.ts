/** Every reason in words, for staff who may read decisions. The reasons are defined in docs/allocation.md. */
import type { Label } from "../../reference/catalogue";
import type { RefusalReason } from "./facts";

export const takenText: Label = { FR: "A pris la demande.", EN: "Took the lead." };

export const reasonTexts: Readonly<Record<RefusalReason, Label>> = {
  NOT_CONSENTED: {
    FR: "La personne n’a pas coché ce fournisseur, ou s’est ravisée.",
    EN: "The person did not tick this supplier, or has withdrawn consent.",
  },
  OTHER_PRODUCT: {
    FR: "La campagne concerne un autre produit.",
    EN: "The campaign is for another product.",
  },
  CAMPAIGN_NOT_ACTIVE: {
    FR: "La campagne est en pause ou archivée.",
    EN: "The campaign is paused or archived.",
  },
  OUTSIDE_ZONES: {
    FR: "Aucune zone de la campagne ne contient le lieu.",
    EN: "No zone of the campaign contains the place.",
  },
  IN_EXCLUDED_ZONE: {
    FR: "Une zone exclue contient le lieu.",
    EN: "An excluded zone contains the place.",
  },
  PLACE_NOT_PRECISE: {
    FR: "Seul un cercle ou un polygone pourrait contenir le lieu, dont la position n’est pas connue.",
    EN: "Only a circle or polygon could contain the place, and its position is not known.",
  },
  CRITERION_NOT_MET: {
    FR: "Une réponse ne remplit pas un critère.",
    EN: "An answer does not meet a criterion.",
  },
  OWN_CUSTOMER: {
    FR: "Le fournisseur compte déjà cette personne parmi ses clients, selon sa propre liste.",
    EN: "This person is already a customer, according to the supplier's own list.",
  },
  RECEIVED_RECENTLY: {
    FR: "Le fournisseur a reçu cette personne pour ce produit il y a peu, par une autre demande.",
    EN: "The supplier recently received this person for this product through another request.",
  },
  TOO_OLD: {
    FR: "La demande a attendu plus longtemps que la campagne ne l’accepte.",
    EN: "The request waited longer than the campaign allows.",
  },
  OUTSIDE_SCHEDULE: {
    FR: "La campagne est fermée à cette heure.",
    EN: "The campaign is closed at this hour.",
  },
  BETTER_CAMPAIGN_OF_SAME_SUPPLIER: {
    FR: "Une autre campagne du même fournisseur l’a prise.",
    EN: "Another campaign of the same supplier took it.",
  },
  CAMPAIGN_CHANGED: {
    FR: "La campagne a été modifiée pendant la décision.",
    EN: "The campaign was edited while the decision was made.",
  },
  NOBODY_CONNECTED: {
    FR: "La campagne ne veut de demandes que lorsque quelqu’un du fournisseur est connecté, et personne ne l’était.",
    EN: "The campaign takes leads only while a member of the supplier is connected, and nobody was.",
  },
  CAP_REACHED: {
    FR: "Un plafond n’a plus de place pour une demande.",
    EN: "A cap has no room for one more lead.",
  },
  BALANCE_TOO_LOW: {
    FR: "Le fournisseur ne peut pas la payer à ce moment.",
    EN: "The supplier cannot pay for it now.",
  },
  SEATS_TAKEN: {
    FR: "D’autres étaient devant, et il ne reste pas de place.",
    EN: "Others were first, and no seat is left.",
  },
  WANTS_FEWER_SEATS: {
    FR: "La campagne veut partager avec moins de fournisseurs que cette demande n’en admet.",
    EN: "The campaign wants to share the lead with fewer suppliers than it may go to.",
  },
  ALREADY_RECEIVED: {
    FR: "Le fournisseur a déjà reçu cette demande, ou celle qu’elle répète.",
    EN: "The supplier has already received this lead, or the request that it repeats.",
  },
};
