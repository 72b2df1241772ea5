/** Suppliers as they are read. What a transaction may see is row-level security's answer. */
import { In, type EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { SiteEntity } from "./site.entity";
import { SupplierEntity } from "./supplier.entity";
import type { SiteView, SupplierCard, SupplierPage, SupplierView } from "./supplier-view";

export class SupplierBook {
  async one(tx: EntityManager, id: string): Promise<SupplierView> {
    const supplier = isId(id) ? await tx.findOneBy(SupplierEntity, { id }) : null;
    if (!supplier) throw notFound("supplier");
    return supplier;
  }

  /** Newest first. */
  async page(tx: EntityManager, { after, limit }: SupplierPage): Promise<SupplierView[]> {
    const rows = tx.createQueryBuilder(SupplierEntity, "supplier");
    if (after) rows.where("(supplier.createdAt, supplier.id) < (:createdAt, :id)", after);
    return rows
      .orderBy("supplier.createdAt", "DESC")
      .addOrderBy("supplier.id", "DESC")
      .limit(limit)
      .getMany();
  }

  /** What people are told of these suppliers, by id. */
  async cards(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, SupplierCard>> {
    const suppliers = await tx.find(SupplierEntity, {
      select: { id: true, name: true, city: true, creditAgencies: true },
      where: { id: In([...ids]) },
    });
    return new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  }

  /** The towns of these sites, by id. */
  async citiesOf(tx: EntityManager, siteIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (siteIds.length === 0) return new Map();
    const sites = await tx.find(SiteEntity, {
      select: { id: true, city: true },
      where: { id: In([...siteIds]) },
    });
    return new Map(sites.map(({ id, city }) => [id, city]));
  }

  /** Where these are, by the id of the site or of the supplier. */
  async addresses(
    tx: EntityManager,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<SiteView, "postcode" | "city">>> {
    const rows: Pick<SiteView, "id" | "postcode" | "city">[] = await tx.query(
      `SELECT id, postcode, city FROM site WHERE id = ANY ($1)
       UNION ALL SELECT id, postcode, city FROM supplier WHERE id = ANY ($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async site(tx: EntityManager, id: string): Promise<SiteView> {
    return tx.findOneByOrFail(SiteEntity, { id });
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
