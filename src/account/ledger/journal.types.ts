import { registerEnumType } from "type-graphql";
import type { JournalCode } from "./journal";

export const Journal = { VE: "VE", BQ: "BQ", ST: "ST", OD: "OD", SI: "SI" } as const satisfies Record<
  JournalCode,
  JournalCode
>;
registerEnumType(Journal, {
  name: "Journal",
  description: "A journal of the general ledger, by its French code.",
  valuesConfig: {
    VE: { description: "Sales." },
    BQ: { description: "The bank." },
    ST: { description: "Stripe." },
    OD: { description: "Other operations." },
    SI: { description: "Accruals of the month-end close." },
  },
});
