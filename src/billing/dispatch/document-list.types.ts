import { Field, ID, InputType } from "type-graphql";
import { Month } from "../../platform/graphql/dates";
import type { DocumentKind as Kind } from "../documents";
import { DocumentKind } from "../documents/document.types";
import { TransmissionStatus } from "./transmission.types";

@InputType({ description: "Which documents to list: those that match every field given. Without one: all." })
export class BillingDocumentFilter {
  @Field(() => ID, {
    nullable: true,
    description: "Only documents of this supplier. A supplier sees only its own in any case.",
  })
  supplierId?: string | null;
  @Field(() => DocumentKind, { nullable: true, description: "Only documents of this kind." })
  kind?: Kind | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "True: only invoices on which something is outstanding. False: only all other documents.",
  })
  isOpen?: boolean | null;
  @Field(() => Month, { nullable: true, description: "Only documents issued in this month, in Paris time." })
  month?: string | null;
  @Field(() => TransmissionStatus, {
    nullable: true,
    description: "Only documents whose transmission to the e-invoicing platform stands there.",
  })
  transmissionStatus?: keyof typeof TransmissionStatus | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only documents whose transmission needs somebody to act (`transmission { needsAction }`). False: only all others.",
  })
  needsAction?: boolean | null;
}
