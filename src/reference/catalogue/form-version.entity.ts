import { Column, Entity, PrimaryColumn } from "typeorm";
import type { Form } from "./form";

/** A published version of a form. A request keeps the version with which it was filled in. */
@Entity("form_version")
export class FormVersionEntity {
  @PrimaryColumn("text") productId: string;
  @PrimaryColumn("integer") version: number;
  @Column("jsonb") content: Form;
  @Column("timestamptz") publishedAt: Date;
}
