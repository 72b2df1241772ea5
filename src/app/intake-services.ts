/** From a form to a confirmed request. */
import { Codes } from "../consumer/intake/codes.service";
import { ConfirmationService } from "../consumer/intake/confirmation.service";
import { demoSender, noSender } from "../consumer/intake/demo-sender.adapter";
import { PreviewTokens } from "../consumer/intake/preview-token.service";
import { PreviewService, type PreviewDeps } from "../consumer/intake/preview.service";
import { SubmissionService, type SubmissionDeps } from "../consumer/intake/submission.service";
import type { ConfirmationDeps } from "../consumer/intake/confirmation.service";
import { UnconfirmedCleaner } from "../consumer/intake/unconfirmed.job";
import { FloodGate } from "../platform/flood-gate";
import type { Foundation } from "./foundation";

type Given = Omit<PreviewDeps, "tokens" | "previewMinutes"> &
  Omit<SubmissionDeps, "previews" | "confirmations"> &
  Omit<ConfirmationDeps, "codes" | "sender">;

export function buildIntake({ keys, config }: Foundation, given: Given) {
  const previewTokens = new PreviewTokens(keys.tokenKey);
  const sender = config.demo.enabled ? demoSender : noSender;
  const confirmations = new ConfirmationService({ ...given, codes: new Codes(keys.tokenKey), sender });
  return {
    confirmations,
    canSend: sender.channels,
    previews: new PreviewService({ ...given, tokens: previewTokens, previewMinutes: config.previewMinutes }),
    submissions: new SubmissionService({ ...given, previews: previewTokens, confirmations }),
    floods: new FloodGate(config.limits.formPerMinute),
    cleaner: new UnconfirmedCleaner(given.transact, given.clock),
  };
}
