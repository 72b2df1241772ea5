/** Classifies why a request got no response. The codes contain no address. */
export type OutboundFault =
  "NAME_NOT_FOUND" | "ADDRESS_REFUSED" | "NOT_CONNECTED" | "TLS_FAILED" | "TIMED_OUT" | "CONNECTION_LOST";

const notConnected = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "ETIMEDOUT",
  "EADDRNOTAVAIL",
]);

export function connectionFaultOf(error: Error & { readonly code?: string }): OutboundFault {
  const code = error.code ?? "";
  if (notConnected.has(code)) return "NOT_CONNECTED";
  return isOfTls(code) ? "TLS_FAILED" : "CONNECTION_LOST";
}

// OpenSSL reports certificate errors by their own codes: DEPTH_ZERO_SELF_SIGNED_CERT, CERT_HAS_EXPIRED, …
const isOfTls = (code: string): boolean =>
  /^(?:ERR_TLS_|ERR_SSL_|EPROTO$)/.test(code) || /CERT|SIGNATURE|ISSUER|_CRL/.test(code);
