import { Field, ObjectType, registerEnumType } from "type-graphql";
import { Month } from "../../platform/graphql/dates";
import { DateTime } from "../../platform/graphql/scalars";
import type { PeriodView } from "../documents";

export const AccountingMonthStatus = { OPEN: "OPEN", LOCKED: "LOCKED" } as const;
registerEnumType(AccountingMonthStatus, {
  name: "AccountingMonthStatus",
  description: "Whether entries can still be dated in a month.",
  valuesConfig: {
    OPEN: { description: "Entries can be dated in the month." },
    LOCKED: { description: "The month is closed: what was not invoiced is accrued, and no entry is added." },
  },
});

@ObjectType({ description: "A month of the books, in Paris time." })
export class AccountingMonth {
  @Field(() => Month, { description: "The month." }) month: string;
  @Field(() => AccountingMonthStatus, { description: "Whether entries can still be dated in it." })
  status: keyof typeof AccountingMonthStatus;
  @Field(() => DateTime, { nullable: true, description: "When it was locked last; null while it is open." })
  lockedAt: Date | null;
}

export const toAccountingMonth = ({ month, lockedAt }: PeriodView): AccountingMonth => ({
  month,
  status: lockedAt === null ? "OPEN" : "LOCKED",
  lockedAt,
});
