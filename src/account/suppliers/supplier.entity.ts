import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ElectronicAddress } from "./electronic-address";

/** One legal entity, which is named in consents and billed. A group is only a label shared by several. */
@Entity("supplier")
export class SupplierEntity {
  @PrimaryColumn("uuid") id: string;
  /** Null for a company that is not in the French register. */
  @Column("text", { nullable: true }) siren: string | null;
  @Column("text") name: string;
  @Column("text", { nullable: true }) groupLabel: string | null;
  @Column("text", { nullable: true }) vatNumber: string | null;
  @Column("text") street: string;
  @Column("text") postcode: string;
  @Column("text") city: string;
  /** Decides the rate of VAT in France; null abroad. */
  @Column("text", { nullable: true }) departement: string | null;
  @Column("text", { array: true }) creditAgencies: string[];
  /** The supplier whose sandbox this is; null for a real supplier. */
  @Column({ type: "uuid", nullable: true, insert: false, update: false }) sandboxOf?: string | null;
  @Column({ type: "boolean", default: false, insert: false, update: false }) sandbox?: boolean;
  @Column("timestamptz") createdAt: Date;
  /** ISO 3166-1 alpha-2. */
  @Column("text", { default: "FR" }) country: string;
  /** Of a register outside France; null in France. */
  @Column("text", { nullable: true }) registerNumber: string | null;
  @Column("text", { nullable: true }) registerName: string | null;
  /** Null while it uses the address of its country. */
  @Column("jsonb", { nullable: true }) electronicAddress: ElectronicAddress | null;
}
