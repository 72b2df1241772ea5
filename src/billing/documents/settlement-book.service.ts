/** Inserts settlements of documents, advances, and uses of advances. The rows are append-only. */
import type { EntityManager } from "typeorm";
import type { EntriesService, VatTreatment } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";
import type { Advance } from "./advances";
import type { OpenDocument } from "./settle";

export type SettlementKind = "PAYMENT" | "PAYMENT_LOST" | "CREDIT_NOTE" | "WRITE_OFF";

export interface NewSettlement {
  readonly supplierId: string;
  readonly kind: SettlementKind;
  /** The payment, dispute, bank line, credit note or written-off invoice that caused it. */
  readonly causeId: string;
  readonly parts: readonly OpenDocument[];
  /** Day on which the bank received or reversed the money, "YYYY-MM-DD". Defaults to the day of the record. */
  readonly receivedOn?: string;
  /** Day on which its entry is dated, "YYYY-MM-DD". Defaults to the day of the record. */
  readonly bookedOn?: string;
}

export interface NewAdvance extends Advance {
  readonly supplierId: string;
  readonly treatment: VatTreatment;
  /** The payment it came from; absent when it is the paid part of a credit note. */
  readonly causeId?: string;
}

export class SettlementBook {
  constructor(private readonly clock: Clock) {}

  settle(tx: EntityManager, settlement: NewSettlement): Promise<void> {
    return this.settleAll(tx, [settlement]);
  }

  /** In one statement. */
  async settleAll(tx: EntityManager, settlements: readonly NewSettlement[]): Promise<void> {
    const rows = settlements.flatMap(({ parts, ...rest }) => parts.map((part) => ({ ...rest, ...part })));
    const some = rows.filter(({ netCents, vatCents }) => netCents !== 0 || vatCents !== 0);
    if (some.length === 0) return;
    await insertSettlements(tx, [
      some.map(({ id }) => id),
      some.map(({ kind }) => kind),
      some.map(({ causeId }) => causeId),
      some.map(({ supplierId }) => supplierId),
      some.map(({ netCents }) => netCents),
      some.map(({ vatCents }) => vatCents),
      some.map(({ receivedOn }) => receivedOn ?? null),
      some.map(({ bookedOn }) => bookedOn ?? null),
      this.clock.now(),
    ]);
  }

  /** Records the advance that a deposit invoice creates for the supplier. */
  recordAdvance(tx: EntityManager, advance: NewAdvance): Promise<void> {
    return this.recordAdvances(tx, [advance]);
  }

  async recordAdvances(tx: EntityManager, advances: readonly NewAdvance[]): Promise<void> {
    if (advances.length === 0) return;
    await insertAdvances(tx, [
      advances.map(({ id }) => id),
      advances.map(({ supplierId }) => supplierId),
      advances.map(({ treatment }) => treatment),
      advances.map(({ netCents }) => netCents),
      advances.map(({ vatCents }) => vatCents),
      advances.map(({ causeId = null }) => causeId),
      this.clock.now(),
    ]);
  }

  async recordUses(tx: EntityManager, causeId: string, uses: readonly Advance[]): Promise<void> {
    if (uses.length === 0) return;
    const amounts = [uses.map(({ netCents }) => netCents), uses.map(({ vatCents }) => vatCents)];
    await insertUses(tx, [uses.map(({ id }) => id), causeId, ...amounts]);
  }
}

/** The days of money that the bank or Stripe moved on `receivedOn`: that day, and the one on which it is booked. */
export async function moneyOn(
  tx: EntityManager,
  entries: EntriesService,
  receivedOn: string,
): Promise<{ receivedOn: string; bookedOn: string }> {
  return { receivedOn, bookedOn: await entries.accountingDay(tx, receivedOn) };
}

const insertSettlements = preparedStatement(
  "settlement.insert",
  `INSERT INTO settlement (document_id, kind, cause_id, supplier_id, net_cents, vat_cents, at, received_on, booked_on)
   SELECT part.document_id, part.kind, part.cause_id, part.supplier_id, part.net, part.vat, $9, part.received_on,
     part.booked_on
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::date[], $8::date[])
     AS part (document_id, kind, cause_id, supplier_id, net, vat, received_on, booked_on)`,
);

const insertAdvances = preparedStatement(
  "advance.insert",
  `INSERT INTO advance (document_id, supplier_id, treatment, net_cents, vat_cents, at, cause_id)
   SELECT document_id, supplier_id, treatment, net, vat, $7, cause_id
   FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[])
     AS advance (document_id, supplier_id, treatment, net, vat, cause_id)`,
);

const insertUses = preparedStatement(
  "advance.use",
  `INSERT INTO advance_use (advance_id, cause_id, net_cents, vat_cents)
   SELECT part.advance_id, $2, part.net, part.vat
   FROM unnest($1::uuid[], $3::bigint[], $4::bigint[]) AS part (advance_id, net, vat)`,
);
