/** Records incoming bank transfers and applies them as payments. */
import type { EntityManager } from "typeorm";
import type { CashAccount } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { violationOf } from "../../platform/violations";
import { AppError } from "../../shared/errors";
import { BankTransferEntity } from "./bank-transfer.entity";
import type { PaymentsService } from "./payments.service";
import { checkTransfer, type Transfer } from "./transfer";

export interface NewTransfer extends Transfer {
  readonly recordedBy: string;
  /** The line of the bank statement that shows it; null if it is recorded by hand. */
  readonly lineId: string | null;
  readonly cash: Extract<CashAccount, "512" | "580" | "471">;
}

export class BankTransfersService {
  constructor(
    private readonly payments: PaymentsService,
    private readonly clock: Clock,
  ) {}

  /** Throws INVALID_INPUT unless the transfer can be recorded; returns it cleaned. */
  check(transfer: Transfer): Transfer {
    return checkTransfer(transfer, this.clock.now());
  }

  /** Returns the id of the transfer. By hand, a bank's reference is recorded once: CONFLICT after that. */
  async record(tx: EntityManager, transfer: NewTransfer): Promise<string> {
    const [id] = await this.recordAll(tx, [transfer]);
    if (id === undefined) throw new Error("A transfer was recorded without an id.");
    return id;
  }

  /** Returns the ids in the same order. */
  async recordAll(tx: EntityManager, transfers: readonly NewTransfer[]): Promise<string[]> {
    const at = this.clock.now();
    const checked = transfers.map((one) => ({ ...one, ...checkTransfer(one, at), id: newId() }));
    await insertOnce(
      tx,
      checked.map(({ cash: cashAccount, documentId: _invoice, ...row }) => ({
        ...row,
        ...{ cashAccount, recordedAt: at, reversedAt: null },
      })),
    );
    await this.payments.receiveAll(
      tx,
      checked.map(({ id, bankReference, amountInclVatCents, ...one }) => ({
        ...{ kind: "BANK_TRANSFER", cash: one.cash, supplierId: one.supplierId, causeId: id },
        ...{ inclVatCents: amountInclVatCents, reference: bankReference, receivedOn: one.receivedOn },
        ...{ documentId: one.documentId ?? null, recordedBy: one.recordedBy },
      })),
    );
    return checked.map(({ id }) => id);
  }

  /** Marks a transfer whose money was taken back, so that its reference can be recorded again. */
  async markReversed(tx: EntityManager, id: string): Promise<void> {
    await tx.query("UPDATE bank_transfer SET reversed_at = $2 WHERE id = $1", [id, this.clock.now()]);
  }

  /** Whether the transfer was recorded from this line of a bank statement. */
  async isRecordedFrom(tx: EntityManager, id: string, lineId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query("SELECT FROM bank_transfer WHERE id = $1 AND line_id = $2", [
      id,
      lineId,
    ]);
    return rows.length > 0;
  }

  /**
   * Transfers and refunds from before money in transit was booked on 580 are on 512. Marks one as moved to 580,
   * and returns false if it was there already. The caller writes the entry.
   */
  async moveToTransit(
    tx: EntityManager,
    { kind, id }: { readonly kind: "TRANSFER" | "REFUND"; readonly id: string },
  ): Promise<boolean> {
    const [, moved]: [unknown, number] =
      kind === "TRANSFER"
        ? await tx.query(
            "UPDATE bank_transfer SET cash_account = '580' WHERE id = $1 AND cash_account = '512'",
            [id],
          )
        : await tx.query(
            `UPDATE bank_refund r SET cash_account = '580' FROM bank_refund one
             WHERE one.document_id = $1 AND r.cash_account = '512'
               AND (r.supplier_id, r.bank_reference, r.paid_on) = (one.supplier_id, one.bank_reference, one.paid_on)`,
            [id],
          );
    return moved > 0;
  }

  /** Returns the bank's references in the order of `ids`; null where there is no such transfer. */
  async references(tx: EntityManager, ids: readonly string[]): Promise<(string | null)[]> {
    const rows: { id: string; reference: string }[] = await tx.query(
      "SELECT id::text AS id, bank_reference AS reference FROM bank_transfer WHERE id::text = ANY ($1)",
      [ids],
    );
    const byId = new Map(rows.map(({ id, reference }) => [id, reference]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}

async function insertOnce(tx: EntityManager, rows: BankTransferEntity[]): Promise<void> {
  try {
    await tx.insert(BankTransferEntity, rows);
  } catch (error) {
    if (violationOf(error)?.kind !== "UNIQUE") throw error;
    throw new AppError(
      "CONFLICT",
      "A transfer with this bankReference is recorded already. Check the reference on the bank's statement.",
      { reason: "ALREADY_RECORDED", field: "bankReference" },
    );
  }
}
