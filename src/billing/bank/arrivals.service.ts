/** Entries by which recorded money arrives at the bank. */
import type { EntityManager } from "typeorm";
import type { Entry } from "../../account/ledger";
import { integerOf } from "../../shared/integer";
import type { BankTransfersService } from "../documents";
import { arrivalEntry, oldRecordEntry, type LineCash } from "./bank-entries";
import type { StoredLine } from "./bank-line";
import type { Expected } from "./decide-line";

export interface ArrivalsDeps {
  readonly transfers: BankTransfersService;
  /** As `BankTransfersService.moveToTransit`, for payouts of Stripe. */
  readonly movePayoutToTransit: (tx: EntityManager, id: string) => Promise<boolean>;
}

export class Arrivals {
  constructor(private readonly deps: ArrivalsDeps) {}

  /** The entries by which recorded money arrives. Records from before money in transit was booked are on 512. */
  async entries(
    tx: EntityManager,
    {
      line,
      expected,
      from,
    }: { readonly line: StoredLine; readonly expected: Expected; readonly from: LineCash },
  ): Promise<Entry[]> {
    const arrival = arrivalEntry(line, line.openCents, from);
    const { kind, id } = expected;
    const isOld = await (kind === "PAYOUT"
      ? this.deps.movePayoutToTransit(tx, id)
      : this.deps.transfers.moveToTransit(tx, { kind, id }));
    if (!isOld) return [arrival];
    const onSuspenseCents = from === "471" ? await bookedAtBank(tx, line.id) : line.amountCents;
    return [oldRecordEntry(line, { cents: expected.amountCents, onSuspenseCents }), arrival];
  }
}

/** What the line itself moved at the bank. */
async function bookedAtBank(tx: EntityManager, lineId: string): Promise<number> {
  const [row]: { cents: string }[] = await tx.query(
    `SELECT coalesce(sum(debit_cents - credit_cents), 0) AS cents FROM journal_line
     WHERE cause_kind = 'BANK_LINE' AND cause_id = $1 AND account = '512'`,
    [lineId],
  );
  return integerOf(row?.cents);
}
