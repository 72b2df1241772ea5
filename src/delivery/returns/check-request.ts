/**
 * Is a return request well formed? All its faults are found at once. Whether the return is accepted is decided in
 * return.ts.
 */
import { departementTimeZone } from "../../reference/geo";
import { invalid } from "../../shared/errors";
import { checkTogether } from "../../shared/faults";
import { faultInAttempts } from "./attempts";
import type { ReturnReason } from "./return";

export interface ReturnRequest {
  readonly leadId: string;
  readonly reason: ReturnReason;
  readonly attempts: readonly Date[];
  readonly comment: string | null;
}

export interface RequestFacts {
  readonly matchedAt: Date;
  readonly at: Date;
  readonly departement: string | null;
  /** Whether the person's data was erased. */
  readonly erased: boolean;
}

const longestComment = 500;

export function checkRequest(request: ReturnRequest, facts: RequestFacts): void {
  checkTogether(
    () => {
      checkAttempts(request, facts);
    },
    () => {
      checkComment(request, facts);
    },
  );
}

/** A comment cannot be stored after the request was erased, because the key to seal it with is gone. */
function checkComment({ comment }: ReturnRequest, { erased }: RequestFacts): void {
  const field = "comment";
  if (comment === null) return;
  if (erased)
    throw invalid("comment: the request has been erased. Leave the comment out.", {
      reason: "NOT_ALLOWED",
      field,
    });
  if (comment.trim() !== "" && comment.length <= longestComment) return;
  const reason = comment.length > longestComment ? "TOO_LONG" : "EMPTY";
  throw invalid(`comment takes 1 to ${String(longestComment)} characters.`, { reason, field });
}

function checkAttempts(
  { reason, attempts }: ReturnRequest,
  { matchedAt, at, departement }: RequestFacts,
): void {
  const field = "attempts";
  if (reason !== "UNREACHABLE") {
    if (attempts.length === 0) return;
    throw invalid("attempts belong to UNREACHABLE only. Leave them out.", { reason: "NOT_ALLOWED", field });
  }
  const timeZone = departement === null ? "Europe/Paris" : departementTimeZone(departement);
  const fault = faultInAttempts({ attempts, matchedAt, at, timeZone });
  if (fault !== null) throw invalid(fault.message, { reason: fault.reason, field });
}
