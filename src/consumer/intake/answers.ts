/** The answers to a submission or a confirmation. */
export type IntakeRefusalReason =
  | "CONSENT_MISSING"
  | "PREVIEW_EXPIRED"
  | "FORM_CHANGED"
  | "CONFIRMATION_UNAVAILABLE"
  | "TOO_MANY_CODES"
  | "TOO_MANY_TRIES"
  | "CODE_EXPIRED"
  | "ALREADY_CONFIRMED"
  | "WAIT_ENDED"
  | "WITHDRAWN";

export type IntakeAnswer =
  | { readonly kind: "SUBMITTED"; readonly reference: string; readonly personalToken: string }
  | {
      readonly kind: "CONFIRM";
      readonly reference: string;
      readonly personalToken: string;
      readonly sentTo: string;
      readonly expiresAt: Date;
      readonly attemptsLeft: number;
      readonly demoCode: string | null;
    }
  | { readonly kind: "REFUSED"; readonly reason: IntakeRefusalReason };

export const refused = (reason: IntakeRefusalReason): IntakeAnswer => ({ kind: "REFUSED", reason });

/** Messages for the form site, which may show them to the person. */
export const messages: Readonly<Record<IntakeRefusalReason, string>> = {
  CONSENT_MISSING: "Nobody may receive this request: the person ticked no supplier. Nothing was stored.",
  PREVIEW_EXPIRED:
    "Too much time passed since the recipients were shown. Preview again and show them anew. Nothing was stored.",
  FORM_CHANGED:
    "The form changed since the recipients were shown. Read the form again and preview anew. Nothing was stored.",
  CONFIRMATION_UNAVAILABLE: "No code can be sent this way at the moment. Choose another way to confirm.",
  TOO_MANY_CODES: "Five codes were sent to this contact within ten minutes. Wait ten minutes and ask again.",
  TOO_MANY_TRIES: "Five codes were tried within ten minutes. Wait ten minutes and ask for a new one.",
  CODE_EXPIRED: "This code is older than ten minutes. Ask for a new one with resendCode.",
  ALREADY_CONFIRMED: "This request is confirmed already; a code works once.",
  WAIT_ENDED:
    "The time the person was ready to wait is over, so nobody would receive this request. Submit a new one.",
  WITHDRAWN: "The person has withdrawn this request.",
};

/** Masks an address or number so that its owner recognises it but nobody else can learn it. */
export function masked(contact: string): string {
  const [local = "", domain] = contact.split("@");
  if (domain === undefined) return `${contact.slice(0, 3)} •• •• ${contact.slice(-2)}`;
  return `${local.slice(0, 1)}•••@${domain.slice(0, 1)}•••${domain.slice(domain.lastIndexOf("."))}`;
}
