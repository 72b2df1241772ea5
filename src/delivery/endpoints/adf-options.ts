/** The options of ADF endpoints, and whether they are valid. The target is checked by the sender. */
import type { EndpointOptions } from "./endpoint";
import { mailAddressFault } from "../../shared/mail-address";

export const adfContentTypes = ["text/plain", "application/xml"] as const;
type ContentType = (typeof adfContentTypes)[number];

const known = {
  ADF_HTTP: ["revocationEmail", "contentType"],
  ADF_MAIL: ["revocationEmail"],
} as const;

/** What is wrong with the options, as a message to the supplier; null if nothing is. */
export function adfOptionsFault(kind: keyof typeof known, options: EndpointOptions): string | null {
  const names: readonly string[] = known[kind];
  if (Object.keys(options).some((name) => !names.includes(name)))
    return `options takes only ${names.join(" and ")}`;
  const { revocationEmail, contentType } = options;
  if (typeof revocationEmail !== "string") {
    return "options.revocationEmail is missing: ADF cannot express a withdrawal, so we must notify your staff by e-mail";
  }
  const fault = mailAddressFault(revocationEmail);
  if (fault !== null) return `options.revocationEmail: ${fault}`;
  if (contentType === undefined || adfContentTypes.some((one) => one === contentType)) return null;
  return `options.contentType is one of ${adfContentTypes.join(", ")}`;
}

export function revocationEmailOf({ revocationEmail }: EndpointOptions): string {
  if (typeof revocationEmail === "string") return revocationEmail;
  throw new Error("An ADF endpoint has no revocationEmail.");
}

export const contentTypeOf = ({ contentType }: EndpointOptions): ContentType =>
  adfContentTypes.find((one) => one === contentType) ?? "text/plain";
