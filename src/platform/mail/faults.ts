/** Classifies why a mail server did not accept a mail. The codes contain no address. */
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
  /** The code of the operating system or OpenSSL, when the library replaced it with its own. */
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const asKnown = (error: unknown): Known => (typeof error === "object" && error !== null ? error : {});

/** The reply code of the server, or null. */
export function numberOf(error: unknown): number | null {
  const { responseCode, response } = asKnown(error);
  const number = responseCode ?? Number(/^\d{3}/.exec(response ?? "")?.[0] ?? Number.NaN);
  return Number.isInteger(number) && number >= 200 && number <= 599 ? number : null;
}

/**
 * REFUSED means a permanent rejection of this mail after its data was sent. Rejections of an address or of us may
 * have other causes, so they are retried.
 */
export function mailFaultOf(error: unknown): MailFault {
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

// OpenSSL reports certificate errors by their own codes: DEPTH_ZERO_SELF_SIGNED_CERT, CERT_HAS_EXPIRED, …
const isCertificate = (code: string): boolean => /^ERR_TLS_|^ERR_SSL_|^EPROTO$|CERT|ISSUER/.test(code);
