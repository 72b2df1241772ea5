/** For how long does a campaign not want a person again whom its supplier has received for the same product? */
import { type CampaignTerms } from "./terms";

/** Within 30 calendar days a business may try to call a person four times (D.223-9), so these belong to one lead. */
export const defaultDuplicateWindowDays = 30;
/** Requests are kept for six months; older ones cannot be recognised. */
export const longestDuplicateWindowDays = 180;

export const duplicateWindowDaysOf = ({ duplicateWindowDays }: CampaignTerms): number =>
  duplicateWindowDays ?? defaultDuplicateWindowDays;
