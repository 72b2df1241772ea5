/** Reads and saves the billing profiles of suppliers. */
import type { EntityManager } from "typeorm";
import { defaultProfileOf, type BillingProfile, type StoredProfile } from "./billing-profile";
import type { SupplierBook } from "./supplier-book.service";
import type { SupplierView } from "./supplier-view";

export class ProfilesService {
  constructor(private readonly suppliers: SupplierBook) {}

  async one(
    tx: EntityManager,
    supplierId: string,
  ): Promise<{ supplier: SupplierView; profile: BillingProfile }> {
    const supplier = await this.suppliers.one(tx, supplierId);
    return { supplier, profile: await this.of(tx, supplier) };
  }

  async of(tx: EntityManager, supplier: SupplierView): Promise<BillingProfile> {
    return (await this.stored(tx, supplier.id)) ?? defaultProfileOf(supplier);
  }

  /** Returns null until the profile is set. */
  async stored(tx: EntityManager, supplierId: string): Promise<StoredProfile | null> {
    const rows: StoredProfile[] = await tx.query(
      `SELECT country, vat_number AS "vatNumber", street, postcode, city, language,
         purchase_order AS "purchaseOrder", email, version FROM billing_profile WHERE supplier_id = $1`,
      [supplierId],
    );
    return rows[0] ?? null;
  }

  /** The address that documents are mailed to; null when they are not mailed. */
  async emailOf(tx: EntityManager, supplierId: string): Promise<string | null> {
    const rows: { email: string | null }[] = await tx.query(
      "SELECT email FROM billing_profile WHERE supplier_id = $1",
      [supplierId],
    );
    return rows[0]?.email ?? null;
  }

  async save(tx: EntityManager, supplierId: string, profile: BillingProfile & { at: Date }): Promise<void> {
    const { country, vatNumber, street, postcode, city, language, purchaseOrder, email, at } = profile;
    await tx.query(
      `INSERT INTO billing_profile (supplier_id, country, vat_number, street, postcode, city, language,
         purchase_order, updated_at, email, email_since)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
         CASE WHEN $10::text IS NULL THEN NULL ELSE $9::timestamptz END)
       ON CONFLICT (supplier_id) DO UPDATE SET country = excluded.country, vat_number = excluded.vat_number,
         street = excluded.street, postcode = excluded.postcode, city = excluded.city,
         language = excluded.language, purchase_order = excluded.purchase_order, updated_at = excluded.updated_at,
         version = billing_profile.version + 1,
         email = excluded.email, email_since = CASE WHEN excluded.email IS NULL THEN NULL
           ELSE coalesce(billing_profile.email_since, excluded.email_since) END`,
      [supplierId, country, vatNumber, street, postcode, city, language, purchaseOrder, at, email],
    );
  }
}
