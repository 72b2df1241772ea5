/**
 * Corrects a transfer that was recorded by hand with a different amount than the bank statement shows. The
 * bank is right: a surplus is received as a payment, a shortfall is reversed like a lost payment, and the
 * line is matched with the transfer.
 */
import type { EntityManager } from "typeorm";
import type { Principal } from "../../access/identity";
import type { LostPaymentsService, PaymentsService } from "../documents";
import type { EntriesService } from "../../account/ledger";
import { invalid } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { StoredLine } from "./bank-line";
import { arrivalEntry } from "./suspense";

export interface Assigned {
  readonly line: StoredLine;
  readonly supplierId: string;
  readonly documentId: string | null;
}

interface Recorded {
  readonly id: string;
  readonly supplierId: string;
  readonly cents: string;
}

export class Corrections {
  constructor(
    private readonly deps: {
      readonly payments: PaymentsService;
      readonly lost: LostPaymentsService;
      readonly entries: EntriesService;
    },
  ) {}

  /**
   * Returns by how many cents the transfer with this reference was corrected; null when there is no such
   * transfer.
   */
  async correct(tx: EntityManager, by: Principal, assigned: Assigned): Promise<number | null> {
    const { line, supplierId } = assigned;
    const [recorded]: Recorded[] = await tx.query(
      `SELECT id, supplier_id AS "supplierId", amount_incl_vat_cents AS cents FROM bank_transfer
       WHERE bank_reference = $1`,
      [line.reference],
    );
    if (!recorded) return null;
    if (recorded.supplierId !== supplierId) {
      throw invalid(
        "supplierId: a transfer with this reference is recorded for another one. Name that one.",
        {
          reason: "NOT_ALLOWED",
          field: "supplierId",
        },
      );
    }
    const byCents = line.amountCents - integerOf(recorded.cents);
    const arrival = arrivalEntry(line, "471");
    const correctedCents =
      byCents > 0
        ? await this.receive(tx, by, { ...assigned, byCents })
        : await this.takeBack(tx, by, { ...assigned, byCents, transferId: recorded.id });
    await this.deps.entries.write(tx, [arrival]);
    await tx.query(
      "UPDATE bank_line SET matched_kind = 'TRANSFER', matched_id = $2, corrected_cents = $3 WHERE id = $1",
      [line.id, recorded.id, correctedCents],
    );
    return correctedCents;
  }

  private async receive(
    tx: EntityManager,
    by: Principal,
    { line, supplierId, documentId, byCents }: Assigned & { readonly byCents: number },
  ): Promise<number> {
    const about = { reference: line.reference, receivedOn: line.bookedOn, recordedBy: by.consumer };
    const more = { kind: "BANK_TRANSFER" as const, supplierId, inclVatCents: byCents, causeId: line.id };
    await this.deps.payments.receive(tx, { ...more, cash: "580", documentId, ...about });
    return byCents;
  }

  /** Reverses the shortfall. What had already been refunded stays on suspense. */
  private async takeBack(
    tx: EntityManager,
    by: Principal,
    {
      line,
      supplierId,
      byCents,
      transferId,
    }: Assigned & { readonly byCents: number; readonly transferId: string },
  ): Promise<number> {
    const about = { reference: line.reference, decidedBy: by.consumer, lostOn: line.bookedOn };
    const lost = {
      supplierId,
      causes: [transferId],
      disputeId: line.id,
      to: "BANK_LINE" as const,
      cash: "580" as const,
      earlier: [],
    };
    return -(await this.deps.lost.reverse(tx, { ...lost, ...about, inclVatCents: -byCents }));
  }
}
