import { Column, Entity, PrimaryColumn } from "typeorm";

/** A place where a supplier works, such as a showroom or an agency. */
@Entity("site")
export class SiteEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  /** Null outside France. */
  @Column("text", { nullable: true, unique: true }) siret: string | null;
  @Column("text") name: string;
  @Column("text") street: string;
  @Column("text") postcode: string;
  @Column("text") city: string;
  @Column("timestamptz") createdAt: Date;
  /** ISO 3166-1 alpha-2. */
  @Column("text", { default: "FR" }) country: string;
}
