/** What finance is told when a decision about a bank line is not possible. */
import { AppError, invalid } from "../../shared/errors";
import type { BankLineStatus } from "./bank-line";

export const alreadyRefunded = (): AppError =>
  new AppError(
    "CONFLICT",
    "Part of this money was refunded to the supplier meanwhile, so it cannot be taken back whole. Recover the refund first.",
    { reason: "ALREADY_REFUNDED", field: "id" },
  );

export const recalled = (): AppError =>
  new AppError(
    "CONFLICT",
    "The bank recalled this transfer by another line. Take that line back with undoBankLine first.",
    { reason: "RECALLED", field: "id" },
  );

export const notOpen = ({ status }: { readonly status: BankLineStatus }): AppError =>
  status === "PENDING"
    ? new AppError("CONFLICT", "This line is being imported. Try again when its statement is imported.", {
        reason: "IN_PROGRESS",
        field: "id",
        retryAfterSeconds: 5,
      })
    : new AppError("CONFLICT", "This line is matched already. Take it back with undoBankLine first.", {
        reason: "ALREADY_MATCHED",
        field: "id",
      });

export const notCandidate = (): AppError =>
  invalid("subject is not one of the line's candidates: what is recorded and could be the same money.", {
    reason: "NOT_ALLOWED",
    field: "subject",
  });

export const nothingToUndo = (field: "id" | "partId"): AppError =>
  new AppError("CONFLICT", "There is nothing to take back: this line waits on suspense.", {
    reason: "NOT_MATCHED",
    field,
  });

export const recordedForAnother = (): AppError =>
  invalid("supplierId: a transfer with this reference is recorded for another one. Name that one.", {
    reason: "NOT_ALLOWED",
    field: "supplierId",
  });

/** A line that is a recorded transfer is no fee or income. */
export const transferRecorded = (): AppError =>
  new AppError("CONFLICT", "A transfer with this reference is recorded: use matchBankLine.", {
    reason: "TRANSFER_RECORDED",
    field: "id",
  });
