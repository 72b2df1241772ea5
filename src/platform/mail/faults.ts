/** Why a mail server did not take a mail, in a few words that hold no address. */
export type MailFault =
  | "NAME_NOT_FOUND"
  | "NOT_CONNECTED"
  | "TLS_FAILED"
  | "TIMED_OUT"
  | "CONNECTION_LOST"
  | "REFUSED"
  | "NOT_ACCEPTED";

interface Known {
  readonly code?: string;
  /** What the operating system or OpenSSL said, where the library put a word of its own over it. */
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const asKnown = (error: unknown): Known => (typeof error === "object" && error !== null ? error : {});

/** The three digits that a server answered with. */
export function numberOf(error: unknown): number | null {
  const { responseCode, response } = asKnown(error);
  const number = responseCode ?? Number(/^\d{3}/.exec(response ?? "")?.[0] ?? Number.NaN);
  return Number.isInteger(number) && number >= 200 && number <= 599 ? number : null;
}

/**
 * REFUSED is a no to this very mail, given once all of it was seen. A no to the address, or to us, may be about
 * anything and is tried again.
 */
export function faultOf(error: unknown): MailFault {
  const { code, originalCode } = { code: "", originalCode: "", ...asKnown(error) };
  if (isCertificate(originalCode)) return "TLS_FAILED";
  return byCode[originalCode] ?? byCode[code] ?? faultByAnswer(error);
}

function faultByAnswer(error: unknown): MailFault {
  const { code, command } = asKnown(error);
  const number = numberOf(error) ?? 0;
  if (code === "EMESSAGE" && command === "DATA" && number >= 500) return "REFUSED";
  return number >= 400 ? "NOT_ACCEPTED" : "CONNECTION_LOST";
}

const byCode: Readonly<Record<string, MailFault>> = {
  EDNS: "NAME_NOT_FOUND",
  ENOTFOUND: "NAME_NOT_FOUND",
  ETIMEDOUT: "TIMED_OUT",
  ETLS: "TLS_FAILED",
  ECONNREFUSED: "NOT_CONNECTED",
  EHOSTUNREACH: "NOT_CONNECTED",
  ENETUNREACH: "NOT_CONNECTED",
};

// OpenSSL's verdicts on certificates are codes of their own: DEPTH_ZERO_SELF_SIGNED_CERT, CERT_HAS_EXPIRED, …
const isCertificate = (code: string): boolean => /^ERR_TLS_|^ERR_SSL_|^EPROTO$|CERT|ISSUER/.test(code);
