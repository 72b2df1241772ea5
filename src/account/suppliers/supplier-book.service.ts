/** Reads suppliers and their sites, and inserts sandboxes. Row-level security decides what a transaction may see. */
import { In, type EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { SiteEntity } from "./site.entity";
import { SupplierEntity } from "./supplier.entity";
import { conditionsOf } from "./supplier-filter";
import type { SiteView, SupplierCard, SupplierPage, SupplierView } from "./supplier-view";

/** A sandbox: a separate supplier in which a real supplier tests its clients. */
export interface NewSandbox {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly of: SupplierView;
}

export class SupplierBook {
  async one(tx: EntityManager, id: string): Promise<SupplierView> {
    const supplier = isId(id) ? await tx.findOneBy(SupplierEntity, { id }) : null;
    if (!supplier) throw notFound("supplier");
    return supplier;
  }

  async byIds(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, SupplierView>> {
    const suppliers = await tx.findBy(SupplierEntity, { id: In([...ids]) });
    return new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  }

  /** Newest first. */
  async page(tx: EntityManager, { filter = {}, after, limit }: SupplierPage): Promise<SupplierView[]> {
    const rows = tx.createQueryBuilder(SupplierEntity, "supplier");
    for (const { sql, values } of conditionsOf(filter)) rows.andWhere(sql, values);
    if (after) rows.andWhere("(supplier.createdAt, supplier.id) < (:createdAt, :id)", after);
    return rows
      .orderBy("supplier.createdAt", "DESC")
      .addOrderBy("supplier.id", "DESC")
      .limit(limit)
      .getMany();
  }

  /** Returns what persons are shown of these suppliers, by id. */
  async cards(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, SupplierCard>> {
    const suppliers = await tx.find(SupplierEntity, {
      select: { id: true, name: true, city: true, country: true, creditAgencies: true },
      where: { id: In([...ids]) },
    });
    return new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  }

  /** Returns the cities of these sites, by id. */
  async citiesOf(tx: EntityManager, siteIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (siteIds.length === 0) return new Map();
    const sites = await tx.find(SiteEntity, {
      select: { id: true, city: true },
      where: { id: In([...siteIds]) },
    });
    return new Map(sites.map(({ id, city }) => [id, city]));
  }

  /** Returns postcode and city of those of these sites and suppliers that are in France, by id. */
  async addresses(
    tx: EntityManager,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<SiteView, "postcode" | "city">>> {
    const rows: Pick<SiteView, "id" | "postcode" | "city">[] = await tx.query(
      `SELECT id, postcode, city FROM site WHERE id = ANY ($1) AND country = 'FR'
       UNION ALL SELECT id, postcode, city FROM supplier WHERE id = ANY ($1) AND country = 'FR'`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Returns the supplier id of this supplier's sandbox, or null while it has none. */
  async sandboxOf(tx: EntityManager, supplierId: string): Promise<string | null> {
    const rows: { id: string }[] = await tx.query("SELECT id FROM supplier WHERE sandbox_of = $1", [
      supplierId,
    ]);
    return rows[0]?.id ?? null;
  }

  /** Returns false when the supplier already has a sandbox, also when another transaction has just inserted it. */
  async insertSandbox(tx: EntityManager, sandbox: NewSandbox): Promise<boolean> {
    const { id, name, createdAt, of: real } = sandbox;
    const rows: unknown[] = await tx.query(
      `INSERT INTO supplier (id, siren, name, street, postcode, city, departement, credit_agencies, created_at,
         sandbox_of, sandbox, country, register_number, register_name)
       VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', $8, $9, true, $10, $11, $12)
       ON CONFLICT (sandbox_of) DO NOTHING RETURNING true`,
      [
        ...[
          id,
          real.siren,
          name,
          real.street,
          real.postcode,
          real.city,
          real.departement,
          createdAt,
          real.id,
        ],
        ...[real.country, real.registerNumber, real.registerName],
      ],
    );
    return rows.length > 0;
  }

  /** Whether all of these sites are the supplier's. */
  async hasSites(tx: EntityManager, supplierId: string, siteIds: readonly string[]): Promise<boolean> {
    if (!siteIds.every(isId)) return false;
    const wanted = [...new Set(siteIds)];
    return (await tx.countBy(SiteEntity, { id: In(wanted), supplierId })) === wanted.length;
  }

  async site(tx: EntityManager, id: string): Promise<SiteView> {
    return tx.findOneByOrFail(SiteEntity, { id });
  }

  async sitesByIds(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, SiteView>> {
    const sites = await tx.findBy(SiteEntity, { id: In([...ids]) });
    return new Map(sites.map((site) => [site.id, site]));
  }

  /** The sites of each of these suppliers, in the order of `supplierIds`. */
  async sitesOf(tx: EntityManager, supplierIds: readonly string[]): Promise<SiteView[][]> {
    const sites = await tx.find(SiteEntity, {
      where: { supplierId: In([...supplierIds]) },
      order: { name: "ASC", id: "ASC" },
    });
    return supplierIds.map((supplierId) => sites.filter((site) => site.supplierId === supplierId));
  }
}
