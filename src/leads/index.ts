export type * from "./contact";
export type { PersonTokens } from "./person-token.service";
export type { LeadReader } from "./lead-reader.service";
export type { Kin } from "./kin.service";
export type { LeadBook } from "./lead-book.service";
export type { LeadVault, Person } from "./lead-vault.service";
export type { CloseReason, LeadState, LeadEntity as LeadRow } from "./lead.entity";
export type { LeadNeedEntity as LeadNeedRow } from "./lead-need.entity";
export { checkContact, isMobile } from "./contact";
