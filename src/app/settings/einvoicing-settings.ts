/** The approved platform that invoices go to; null: none, and documents are only read through the API. */
import type { AfnorSettings } from "../../billing/dispatch/afnor.adapter";
import type { SettingReader } from "./setting-reader";

export type EinvoicingSettings = AfnorSettings & {
  /** "YYYY-MM-DD": documents that were issued from that day on. */
  readonly since: string;
};

const names = [
  "EINVOICING_API_BASE",
  "EINVOICING_TOKEN_URL",
  "EINVOICING_CLIENT_ID",
  "EINVOICING_CLIENT_SECRET",
  "EINVOICING_SINCE",
] as const;

export function einvoicingOf(read: SettingReader, isProduction: boolean): EinvoicingSettings | null {
  if (names.every((name) => read.text(name) === null)) return null;
  for (const name of names) read.demand(name, "the settings of the e-invoicing platform belong together");
  const address = (name: (typeof names)[number]): string => read.publicUrl(name) ?? "";
  const [base, tokenUrl] = [address("EINVOICING_API_BASE"), address("EINVOICING_TOKEN_URL")];
  if (isProduction && [base, tokenUrl].some((one) => one.startsWith("http:"))) {
    read.problems.push(
      "EINVOICING_API_BASE, EINVOICING_TOKEN_URL: invoices only go to an address that begins with https://.",
    );
  }
  const text = (name: (typeof names)[number]): string => read.text(name) ?? "";
  const [clientId, clientSecret] = [text("EINVOICING_CLIENT_ID"), text("EINVOICING_CLIENT_SECRET")];
  return Object.freeze({ base, tokenUrl, clientId, clientSecret, since: sinceIn(read) });
}

function sinceIn(read: SettingReader): string {
  const since = read.text("EINVOICING_SINCE") ?? "";
  if (/^2\d{3}-\d\d-\d\d$/.test(since) && !Number.isNaN(Date.parse(since))) return since;
  read.problems.push("EINVOICING_SINCE: it is not a day, written YYYY-MM-DD.");
  return "";
}
