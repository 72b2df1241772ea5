import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { ThingKind as Kind } from "./booked-view";

export const ThingKind = {
  ...{ LEAD: "LEAD", DOCUMENT: "DOCUMENT", PAYMENT: "PAYMENT", REFUND: "REFUND" },
  ...{ PAYOUT: "PAYOUT", TRANSFER: "TRANSFER", BANK_LINE: "BANK_LINE" },
} as const satisfies Record<Kind, Kind>;
registerEnumType(ThingKind, { name: "ThingKind" });

@ObjectType({ description: "An object the books refer to." })
export class Thing {
  @Field(() => ThingKind) kind: Kind;
  @Field(() => ID) id: string;
  @Field(() => ID, { nullable: true }) supplierId: string | null;
}

@ObjectType({ description: "A posting of the subledger, excluding VAT." })
export class BookedPosting {
  @Field(() => ID) supplierId: string;
  @Field(() => Int) number: number;
  @Field(() => DateTime) at: Date;
  @Field(() => String) kind: string;
  @Field(() => String) debitAccount: string;
  @Field(() => String) creditAccount: string;
  @Field(() => Cents) amountCents: number;
}

@ObjectType()
export class BookedLine {
  @Field(() => String) account: string;
  @Field(() => ID, { nullable: true }) supplierId: string | null;
  @Field(() => Cents) debitCents: number;
  @Field(() => Cents) creditCents: number;
}

@ObjectType({ description: "An entry of the general ledger." })
export class BookedEntry {
  @Field(() => String) journal: string;
  @Field(() => Int) year: number;
  @Field(() => Int) number: number;
  @Field(() => String, { description: "YYYY-MM-DD" }) dated: string;
  @Field(() => String) label: string;
  @Field(() => String) piece: string;
  @Field(() => [BookedLine]) lines: readonly BookedLine[];
}

@ObjectType({ description: "Everything the books contain about one subject, oldest first." })
export class Booked {
  @Field(() => String) subject: string;
  @Field(() => [Thing], { description: "The objects the subject refers to, and the documents that bill it." })
  things: readonly Thing[];
  @Field(() => [BookedPosting]) postings: readonly BookedPosting[];
  @Field(() => [BookedEntry], { description: "At most 50." }) entries: readonly BookedEntry[];
}
