import { Column, Entity, PrimaryColumn } from "typeorm";

/** One legal entity, which is named in consents and billed. A group is only a label shared by several. */
@Entity("supplier")
export class SupplierEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("text") siren: string;
  @Column("text") name: string;
  @Column("text", { nullable: true }) groupLabel: string | null;
  @Column("text", { nullable: true }) vatNumber: string | null;
  @Column("text") street: string;
  @Column("text") postcode: string;
  @Column("text") city: string;
  /** Decides the rate of VAT. */
  @Column("text") departement: string;
  @Column("text", { array: true }) creditAgencies: string[];
  /** The supplier whose sandbox this is; null for a real supplier. */
  @Column({ type: "uuid", nullable: true, insert: false, update: false }) sandboxOf?: string | null;
  @Column({ type: "boolean", default: false, insert: false, update: false }) sandbox?: boolean;
  @Column("timestamptz") createdAt: Date;
}
