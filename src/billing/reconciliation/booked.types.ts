import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { JournalCode, PostingKind as KindOfPosting } from "../../account/ledger";
import { PostingKind } from "../../account/ledger/account.types";
import { Journal } from "../../account/ledger/journal.types";
import { Day } from "../../platform/graphql/dates";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { BookedObjectKind as Kind } from "./booked-view";

export const BookedObjectKind = {
  ...{ LEAD: "LEAD", DOCUMENT: "DOCUMENT", PAYMENT: "PAYMENT", REFUND: "REFUND" },
  ...{ PAYOUT: "PAYOUT", TRANSFER: "TRANSFER", BANK_LINE: "BANK_LINE" },
} as const satisfies Record<Kind, Kind>;
registerEnumType(BookedObjectKind, {
  name: "BookedObjectKind",
  description: "What kind of thing the books refer to.",
  valuesConfig: {
    LEAD: { description: "A lead that was delivered." },
    DOCUMENT: { description: "An invoice, credit note or deposit invoice." },
    PAYMENT: { description: "A payment by card or direct debit." },
    REFUND: { description: "A refund to a card or account." },
    PAYOUT: { description: "A payout of Stripe to the bank." },
    TRANSFER: { description: "A bank transfer of a supplier." },
    BANK_LINE: { description: "A line of a bank statement." },
  },
});

@ObjectType({ description: "An object that the books refer to." })
export class BookedObject {
  @Field(() => BookedObjectKind, { description: "What it is." }) kind: Kind;
  @Field(() => ID, { description: "The id of the object; Stripe's id for a payout." }) id: string;
  @Field(() => ID, { nullable: true, description: "Null for a payout and for a line of a bank statement." })
  supplierId: string | null;
}

@ObjectType({ description: "A posting of the subledger, excluding VAT." })
export class BookedPosting {
  @Field(() => ID, { description: "On whose account it is." }) supplierId: string;
  @Field(() => Int, { description: "Its number on that account, without gaps." }) number: number;
  @Field(() => DateTime, { description: "When it was posted." }) at: Date;
  @Field(() => PostingKind, { description: "Why the amount was moved." }) kind: KindOfPosting;
  @Field(() => String, { description: "Account number in the French chart of accounts." })
  debitAccount: string;
  @Field(() => String, { description: "Account number in the French chart of accounts." })
  creditAccount: string;
  @Field(() => Cents, { description: "Excluding VAT; for kinds ending in _VAT, the VAT itself." })
  amountCents: number;
}

@ObjectType({ description: "A line of an entry: an amount on the debit or the credit side of an account." })
export class BookedLine {
  @Field(() => String, { description: "Account number in the French chart of accounts." }) account: string;
  @Field(() => ID, { nullable: true, description: "Null on accounts that are not kept per supplier." })
  supplierId: string | null;
  @Field(() => Cents, { description: "0 on a credit line." }) debitCents: number;
  @Field(() => Cents, { description: "0 on a debit line." }) creditCents: number;
  @Field(() => String, {
    nullable: true,
    description:
      "On 411 and 4191, the code shared by lines of one supplier that settle each other, as in the FEC. Null while they do not add up to zero, and on other accounts.",
  })
  lettering: string | null;
  @Field(() => Day, { nullable: true, description: "The day on which they added up to zero." })
  letteredOn: string | null;
}

@ObjectType({ description: "An entry of the general ledger. Its debits equal its credits." })
export class BookedEntry {
  @Field(() => Journal, { description: "The journal in which it is numbered." }) journal: JournalCode;
  @Field(() => Int, { description: "The year in which it is numbered." }) year: number;
  @Field(() => Int, { description: "Its number in the journal and the year, without gaps." }) number: number;
  @Field(() => Day, { description: "The day for which it counts." }) datedOn: string;
  @Field(() => String, { description: "What it is, in French." }) label: string;
  @Field(() => String, { description: "The number of its supporting document, or the bank's reference." })
  piece: string;
  @Field(() => [BookedLine], { description: "At least two." }) lines: readonly BookedLine[];
}

@ObjectType({ description: "Everything the books contain about one subject, oldest first." })
export class Booked {
  @Field(() => String, { description: "The subject that was asked for." }) subject: string;
  @Field(() => [BookedObject], {
    description: "The objects the subject refers to, and the documents that bill it.",
  })
  objects: readonly BookedObject[];
  @Field(() => [BookedPosting], { description: "At most 100." }) postings: readonly BookedPosting[];
  @Field(() => [BookedEntry], { description: "At most 50." }) entries: readonly BookedEntry[];
}
