/** Sells and returns leads by writing the rows that an allocation and a return write. */
import { chargeOf, creditOf } from "../../src/account/ledger";
import { newId, newMonthlyId } from "../../src/platform/ids";
import { monthOfId } from "../../src/shared/months";
import type { Books } from "../integration/ledger-fixture";

export interface Sale {
  readonly supplierId: string;
  readonly deliveryId: string;
  readonly priceCents: number;
}

export interface Wanted {
  readonly supplierId: string;
  readonly priceCents: number;
  readonly product?: string;
}

/** Sells a lead: inserts its delivery and charges it, at the present time of the books. */
export async function sell(
  books: Books,
  { supplierId, priceCents, product = "NEW_CAR" }: Wanted,
): Promise<Sale> {
  const at = books.now ?? new Date();
  const deliveryId = newMonthlyId(at);
  const campaignId = await campaignOf(books, supplierId, product);
  // Leaves out the rows about the person, which do not matter here.
  await books.owner.rows(
    `WITH bare AS (SELECT set_config('session_replication_role', 'replica', false))
     INSERT INTO delivery (month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, seats, price_cents,
       matched_at, channels, consent, why)
     SELECT $1, $2, $3, $4, $5, 1, 1, 1, $6, $7, '{PHONE}', '{}', '{}' FROM bare`,
    [monthOfId(deliveryId), deliveryId, newId(), supplierId, campaignId, priceCents, at],
  );
  await books.transact({ role: "worker" }, (tx) =>
    books.accounts.withAccounts(tx, [supplierId], async (held) => {
      const account = held.get(supplierId);
      if (!account) throw new Error("The account is missing.");
      const cause = { account, causeKind: "DELIVERY", causeId: deliveryId, at } as const;
      await books.accounts.post(tx, [{ ...chargeOf(account.mode, priceCents), ...cause }]);
    }),
  );
  return { supplierId, deliveryId, priceCents };
}

export const giveBack = (books: Books, { supplierId, deliveryId, priceCents }: Sale): Promise<void> =>
  books.transact({ role: "staff" }, (tx) =>
    books.accounts.withAccounts(tx, [supplierId], async (held) => {
      const account = held.get(supplierId);
      if (!account) throw new Error("The account is missing.");
      const at = books.now ?? new Date();
      await tx.query("UPDATE delivery SET credited_at = $2 WHERE id = $1", [deliveryId, at]);
      const cause = { account, causeKind: "DELIVERY", causeId: deliveryId, at } as const;
      const vat = await books.accounts.vatOfCharge(tx, supplierId, deliveryId);
      await books.accounts.post(tx, [{ ...creditOf(account.mode, priceCents), ...cause, vat }]);
    }),
  );

/** One campaign per supplier and product, which deliveries refer to. */
async function campaignOf(books: Books, supplierId: string, product: string): Promise<string> {
  const rows = await books.owner.rows("SELECT id FROM campaign WHERE supplier_id = $1 AND product_id = $2", [
    supplierId,
    product,
  ]);
  if (rows[0]) return String(rows[0].id);
  const id = newId();
  await books.owner.rows(
    `INSERT INTO campaign (id, supplier_id, product_id, status, version, created_at, changed_in)
     VALUES ($1, $2, $3, 'PAUSED', 1, now(), 0)`,
    [id, supplierId, product],
  );
  return id;
}
