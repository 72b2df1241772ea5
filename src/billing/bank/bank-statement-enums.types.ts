import { registerEnumType } from "type-graphql";
import type { Skipped } from "../statements";
import type { StatementLineResult } from "./bank-statement";

export type Progress = "RUNNING" | "IMPORTED" | "REFUSED";

export const BankStatementStatus = {
  RUNNING: "RUNNING",
  IMPORTED: "IMPORTED",
  REFUSED: "REFUSED",
} as const satisfies Record<Progress, Progress>;
registerEnumType(BankStatementStatus, {
  name: "BankStatementStatus",
  description: "How far the import of a bank statement is.",
  valuesConfig: {
    RUNNING: { description: "The file is being read, or its lines are being booked." },
    IMPORTED: { description: "All lines are booked." },
    REFUSED: { description: "Nothing was imported: see `faults`." },
  },
});

export const BankStatementLineResult = {
  PENDING: "PENDING",
  MATCHED: "MATCHED",
  UNMATCHED: "UNMATCHED",
  KNOWN: "KNOWN",
  DIFFERS: "DIFFERS",
  SKIPPED: "SKIPPED",
} as const satisfies Record<StatementLineResult, StatementLineResult>;
registerEnumType(BankStatementLineResult, {
  name: "BankStatementLineResult",
  description: "What became of a line of an imported file.",
  valuesConfig: {
    PENDING: { description: "It is stored and not booked yet." },
    MATCHED: { description: "It is matched or booked." },
    UNMATCHED: { description: "It waits for a person." },
    KNOWN: { description: "It had been imported before." },
    DIFFERS: { description: "It had been imported before, with another text or counterparty." },
    SKIPPED: { description: "It is no booked movement in euros." },
  },
});

export const SkippedLineReason = {
  ZERO_AMOUNT: "ZERO_AMOUNT",
  OTHER_CURRENCY: "OTHER_CURRENCY",
  NOT_BOOKED: "NOT_BOOKED",
} as const satisfies Record<Skipped["reason"], Skipped["reason"]>;
registerEnumType(SkippedLineReason, {
  name: "SkippedLineReason",
  description: "Why a line of a bank statement was skipped.",
  valuesConfig: {
    ZERO_AMOUNT: { description: "Its amount is 0." },
    OTHER_CURRENCY: { description: "Its amount is not in euros." },
    NOT_BOOKED: { description: "The bank has not booked it yet." },
  },
});
