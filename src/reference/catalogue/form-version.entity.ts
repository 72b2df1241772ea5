import { Column, Entity, PrimaryColumn } from "typeorm";
import type { Form } from "./form";

/** A form as it was published. Requests keep the version they were filled in on. */
@Entity("form_version")
export class FormVersionEntity {
  @PrimaryColumn("text") productId: string;
  @PrimaryColumn("integer") version: number;
  @Column("jsonb") content: Form;
  @Column("timestamptz") publishedAt: Date;
}
