/** For how long does a campaign not want a person again whom its supplier has received for the same product? */
import { type CampaignTerms } from "./terms";

/** Within 30 calendar days a professional may try to call a person four times (D.223-9): one lead's worth. */
export const defaultDuplicateWindowDays = 30;
/** Requests are kept six months; an older one cannot be recognised. */
export const longestDuplicateWindowDays = 180;

export const duplicateWindowDaysOf = ({ duplicateWindowDays }: CampaignTerms): number =>
  duplicateWindowDays ?? defaultDuplicateWindowDays;
