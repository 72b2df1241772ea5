import { Column, Entity, PrimaryColumn } from "typeorm";

/** A place where a supplier works, such as a showroom or an agency. */
@Entity("site")
export class SiteEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  @Column("text", { unique: true }) siret: string;
  @Column("text") name: string;
  @Column("text") street: string;
  @Column("text") postcode: string;
  @Column("text") city: string;
  @Column("timestamptz") createdAt: Date;
}
