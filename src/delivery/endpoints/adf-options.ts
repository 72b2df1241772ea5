/** What an ADF endpoint must know beside its target. */
import type { EndpointOptions } from "./endpoint";
import { mailAddressFault } from "../../shared/mail-address";

export const adfContentTypes = ["text/plain", "application/xml"] as const;
type ContentType = (typeof adfContentTypes)[number];

const known = {
  ADF_HTTP: ["revocationEmail", "contentType"],
  ADF_MAIL: ["revocationEmail"],
} as const;

/** In words to the supplier; null: nothing is wrong. */
export function adfOptionsFault(kind: keyof typeof known, options: EndpointOptions): string | null {
  const names: readonly string[] = known[kind];
  if (Object.keys(options).some((name) => !names.includes(name)))
    return `options takes ${names.join(" and ")}`;
  const { revocationEmail, contentType } = options;
  if (typeof revocationEmail !== "string") {
    return "options.revocationEmail is missing: ADF knows no withdrawal, so somebody of yours has to be told by e-mail";
  }
  const fault = mailAddressFault(revocationEmail);
  if (fault !== null) return `options.revocationEmail: ${fault}`;
  if (contentType === undefined || adfContentTypes.some((one) => one === contentType)) return null;
  return `options.contentType is one of ${adfContentTypes.join(", ")}`;
}

export function revocationEmailOf({ revocationEmail }: EndpointOptions): string {
  if (typeof revocationEmail === "string") return revocationEmail;
  throw new Error("An ADF endpoint was made without an address for revocations.");
}

export const contentTypeOf = ({ contentType }: EndpointOptions): ContentType =>
  adfContentTypes.find((one) => one === contentType) ?? "text/plain";
