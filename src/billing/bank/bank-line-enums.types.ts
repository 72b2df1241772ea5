import { registerEnumType } from "type-graphql";
import type { StatementFormat as Format } from "../statements";
import type { BankLineStatus as Status, BookedAs, PartKind, WaitsFor } from "./bank-line";

export const StatementFormat = {
  CAMT053: "CAMT053",
  CSV: "CSV",
  CFONB120: "CFONB120",
} as const satisfies Record<Format, Format>;
registerEnumType(StatementFormat, {
  name: "StatementFormat",
  description: "The format of a bank statement.",
  valuesConfig: {
    CAMT053: {
      description:
        "CAMT.053 of ISO 20022 (XML), versions 02 to 13. Entries that are not booked yet, or in other currencies, are left out. A batch entry is as many lines as it has transactions.",
    },
    CSV: {
      description:
        "A table with a day, an amount (or a debit and a credit) and a text, under the headings that French banks use, or reference, booked_on, amount, remittance and counterparty. It names no account.",
    },
    CFONB120: { description: "CFONB 120, the fixed-width format of French banks." },
  },
});

export const BankLineKind = {
  BANK_FEE: "BANK_FEE",
  EXPENSE: "EXPENSE",
  INCOME: "INCOME",
} as const satisfies Record<BookedAs, BookedAs>;
registerEnumType(BankLineKind, {
  name: "BankLineKind",
  description: "What a line is that concerns no supplier.",
  valuesConfig: {
    BANK_FEE: { description: "Account 627: a fee of the bank." },
    EXPENSE: { description: "Account 658: other outgoing money." },
    INCOME: { description: "Account 758: incoming money that concerns no supplier." },
  },
});

export const BankLineStatus = {
  PENDING: "PENDING",
  UNMATCHED: "UNMATCHED",
  MATCHED: "MATCHED",
  BOOKED: "BOOKED",
} as const satisfies Record<Status, Status>;
registerEnumType(BankLineStatus, {
  name: "BankLineStatus",
  description: "What became of a bank statement line.",
  valuesConfig: {
    PENDING: { description: "Its statement is being imported; it is not booked yet." },
    UNMATCHED: {
      description:
        "All or part of its money is on suspense (471) until a person clears it: `assignBankLine`, `splitBankLine`, `matchBankLine` or `bookBankLine`.",
    },
    MATCHED: { description: "It is money that the books contain: see `parts`." },
    BOOKED: { description: "It concerns no supplier and was booked as a fee, expense or income." },
  },
});

export const BankLineMatch = {
  TRANSFER: "TRANSFER",
  PAYOUT: "PAYOUT",
  REFUND: "REFUND",
  RECALL: "RECALL",
} as const satisfies Record<Exclude<PartKind, "BOOKED">, Exclude<PartKind, "BOOKED">>;
registerEnumType(BankLineMatch, {
  name: "BankLineMatch",
  description: "What a bank statement line is matched with.",
  valuesConfig: {
    TRANSFER: { description: "A supplier's transfer." },
    PAYOUT: { description: "A payout of Stripe." },
    REFUND: { description: "A balance refunded to a supplier by transfer." },
    RECALL: { description: "An earlier transfer of a supplier, which the bank took back." },
  },
});

export const BankLineReason = {
  NOTHING_NAMED: "NOTHING_NAMED",
  SEVERAL_NAMED: "SEVERAL_NAMED",
  LOOKS_RECORDED: "LOOKS_RECORDED",
  DIFFERS: "DIFFERS",
  UNEXPLAINED_DIFFERENCE: "UNEXPLAINED_DIFFERENCE",
  OUTGOING: "OUTGOING",
  RECALL_UNCLEAR: "RECALL_UNCLEAR",
  NOT_POSSIBLE: "NOT_POSSIBLE",
  TAKEN_BACK: "TAKEN_BACK",
} as const satisfies Record<WaitsFor, WaitsFor>;
registerEnumType(BankLineReason, {
  name: "BankLineReason",
  description: "Why a line waits for a person.",
  valuesConfig: {
    NOTHING_NAMED: { description: "Its text names neither a document nor a supplier." },
    SEVERAL_NAMED: { description: "Its text names several suppliers." },
    LOOKS_RECORDED: {
      description:
        "Money with this amount and nearly this day is recorded under another reference: see `candidates`.",
    },
    DIFFERS: { description: "Money is recorded under its reference with another amount." },
    UNEXPLAINED_DIFFERENCE: {
      description: "It is a batch whose transactions and charges do not add up to its amount.",
    },
    OUTGOING: { description: "It is an outgoing payment that nothing recorded explains." },
    RECALL_UNCLEAR: {
      description:
        "The bank takes a payment back, and it is not certain which, or part of it had been refunded.",
    },
    NOT_POSSIBLE: { description: "It could not be booked as it says, for example because of its size." },
    TAKEN_BACK: { description: "A person took back what it was matched with." },
  },
});
