export type * from "./terms";
export type * from "./terms-input";
export type { TermsContext } from "./check-terms";
export type { AnsweredFields } from "./criteria";
export { checkTerms } from "./check-terms";
export { goesByTheDay, meets, unmet } from "./criteria";
export {
  defaultDuplicateWindowDays,
  duplicateWindowDaysOf,
  longestDuplicateWindowDays,
} from "./duplicate-window";
export { isOpenAt, nextOpening } from "./schedule";
export type { CampaignPresence } from "./campaign-presence.service";
export type { CampaignBook, StandingCampaign } from "./campaign-book.service";
export type { CampaignsService } from "./campaigns.service";
export type { CampaignsById, CampaignView } from "./campaign-view";
export { statusAt } from "./status";
export type { PriceFloor } from "./price-floor";
export type { PriceFloors } from "./price-floors.service";
