import { registerEnumType } from "type-graphql";
import type * as terms from "./terms";

const named = <T extends string>(...values: T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const CampaignStatus = named<terms.CampaignStatus>("ACTIVE", "PAUSED", "ARCHIVED");
export const CapUnit = named<terms.CapUnit>("LEADS", "SPEND_CENTS");
export const CapPeriod = named<terms.CapPeriod>("HOUR", "DAY", "WEEK", "MONTH");
export const Weekday = named<terms.Weekday>("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
registerEnumType(CampaignStatus, { name: "CampaignStatus", description: "ARCHIVED is final." });
registerEnumType(CapUnit, { name: "CapUnit" });
registerEnumType(CapPeriod, {
  name: "CapPeriod",
  description: "In the campaign's time zone. HOUR starts at the full hour UTC, WEEK on Monday.",
});
registerEnumType(Weekday, { name: "Weekday" });
