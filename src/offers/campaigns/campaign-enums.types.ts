import { registerEnumType } from "type-graphql";
import type * as terms from "./terms";

const named = <T extends string>(...values: T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const CampaignStatus = named<terms.CampaignStatus>("ACTIVE", "PAUSED", "ARCHIVED");
export const CapUnit = named<terms.CapUnit>("LEADS", "SPEND_CENTS");
export const CapPeriod = named<terms.CapPeriod>("HOUR", "DAY", "WEEK", "MONTH");
export const Weekday = named<terms.Weekday>("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
registerEnumType(CampaignStatus, {
  name: "CampaignStatus",
  description: "Whether a campaign takes leads.",
  valuesConfig: {
    ACTIVE: { description: "It takes leads." },
    PAUSED: { description: "It takes no leads until it is ACTIVE again." },
    ARCHIVED: { description: "It takes no leads and never changes again." },
  },
});
registerEnumType(CapUnit, {
  name: "CapUnit",
  description: "What a cap counts.",
  valuesConfig: {
    LEADS: { description: "Leads." },
    SPEND_CENTS: { description: "The prices of leads, in euro cents excluding VAT." },
  },
});
registerEnumType(CapPeriod, {
  name: "CapPeriod",
  description: "How often a cap starts again, in the campaign's time zone.",
  valuesConfig: {
    HOUR: { description: "At the full hour UTC." },
    DAY: { description: "At midnight." },
    WEEK: { description: "On Monday at midnight." },
    MONTH: { description: "On the first of the month at midnight." },
  },
});
registerEnumType(Weekday, {
  name: "Weekday",
  description: "A day of the week.",
  valuesConfig: {
    MON: { description: "Monday." },
    TUE: { description: "Tuesday." },
    WED: { description: "Wednesday." },
    THU: { description: "Thursday." },
    FRI: { description: "Friday." },
    SAT: { description: "Saturday." },
    SUN: { description: "Sunday." },
  },
});
