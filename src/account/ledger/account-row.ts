/** Converts a row of `supplier_account` to the account that is used while its lock is held. */
import {
  spendLeftOf,
  type BillingMode,
  type LockedAccount,
  type SpendLimit,
  type Suspension,
} from "./account";
import type { VatTreatment } from "./vat-regimes";
import { integerOf } from "../../shared/integer";

/** The row as PostgreSQL returns it: bigint columns arrive as text. */
export interface AccountRow {
  readonly supplierId: string;
  readonly mode: BillingMode;
  readonly balanceCents: string;
  readonly creditLimitCents: string;
  readonly lastPosting: string;
  readonly lastPosition: string;
  readonly vatTreatment: VatTreatment;
  readonly suspension: Suspension | null;
  readonly spendCapCents: string | null;
  readonly spendMonth: string | null;
  readonly spendLeftCents: string | null;
}

/** `month` is the current accounting month, "YYYY-MM". */
export const lockedAccountOf = (row: AccountRow, month: string): LockedAccount => ({
  supplierId: row.supplierId,
  mode: row.mode,
  creditLimitCents: integerOf(row.creditLimitCents),
  balanceCents: integerOf(row.balanceCents),
  lastPosting: integerOf(row.lastPosting),
  lastPosition: integerOf(row.lastPosition),
  vatTreatment: row.vatTreatment,
  suspension: row.suspension,
  spendLeftCents: spendLeftOf(limitOf(row), month),
});

interface LimitColumns {
  readonly spendCapCents: string | number | null;
  readonly spendMonth: string | null;
  readonly spendLeftCents: string | number | null;
}

export const limitOf = ({ spendCapCents, spendMonth, spendLeftCents }: LimitColumns): SpendLimit | null =>
  spendCapCents === null
    ? null
    : {
        monthlyCents: integerOf(spendCapCents),
        month: spendMonth ?? "",
        leftCents: integerOf(spendLeftCents),
      };
