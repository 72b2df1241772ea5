/** Is a return request well formed? Whether the return is accepted is decided in return.ts. */
import { departementTimeZone } from "../../reference/geo";
import { invalid } from "../../shared/errors";
import { faultInAttempts } from "./attempts";
import type { ReturnReason } from "./return";

export interface ReturnRequest {
  readonly leadId: string;
  readonly reason: ReturnReason;
  readonly attempts: readonly Date[];
  readonly comment: string | null;
}

const longestComment = 500;

export function checkComment(comment: string | null): void {
  if (comment === null || (comment.trim() !== "" && comment.length <= longestComment)) return;
  throw invalid(`comment takes 1 to ${String(longestComment)} characters.`);
}

export function checkAttempts(
  { reason, attempts }: ReturnRequest,
  { matchedAt, at, departement }: { matchedAt: Date; at: Date; departement: string | null },
): void {
  if (reason !== "UNREACHABLE") {
    if (attempts.length > 0) throw invalid("attempts belong to UNREACHABLE only. Leave them out.");
    return;
  }
  const timeZone = departement === null ? "Europe/Paris" : departementTimeZone(departement);
  const fault = faultInAttempts({ attempts, matchedAt, at, timeZone });
  if (fault !== null) throw invalid(fault);
}

/** A comment cannot be stored after the request was erased, because the key to seal it with is gone. */
export function checkErased({ comment }: ReturnRequest, { erased }: { readonly erased: boolean }): void {
  if (erased && comment !== null)
    throw invalid("comment: the request has been erased. Leave the comment out.");
}
