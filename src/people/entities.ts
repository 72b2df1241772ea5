/** The tables of the people module that TypeORM reads or writes. */
import { ConsentActEntity } from "./consent/consent-act.entity";
import { ConfirmationEntity } from "./leads/confirmation.entity";
import { LeadNeedEntity } from "./leads/lead-need.entity";
import { LeadIndexEntity, LeadSecretEntity } from "./leads/lead-secret.entity";
import { LeadEntity } from "./leads/lead.entity";

export const entities = [
  ConsentActEntity,
  ConfirmationEntity,
  LeadNeedEntity,
  LeadIndexEntity,
  LeadSecretEntity,
  LeadEntity,
];
