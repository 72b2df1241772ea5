/** The approved platform that invoices are sent to. Without it, documents are only read through the API. */
import type { AfnorSettings } from "../../billing/dispatch/afnor.adapter";
import { about, calendarDay, optional, text, webAddress, type Read } from "./kinds";

export type EinvoicingSettings = AfnorSettings & {
  /** "YYYY-MM-DD": documents issued from that day on are sent. */
  readonly since: string;
};

const missing = "the settings of the e-invoicing platform belong together";

export const einvoicingSettings = {
  EINVOICING_API_BASE: optional(webAddress()).register(about, {
    description:
      "An approved e-invoicing platform with the AFNOR XP Z12-013 API; /v1/flows is appended. Set all five settings or none.",
    example: "https://platform.example/flow",
    missing,
  }),
  EINVOICING_TOKEN_URL: optional(webAddress()).register(about, {
    description: "The platform's token endpoint (OAuth 2, client credentials).",
    example: "https://platform.example/token",
    missing,
  }),
  EINVOICING_CLIENT_ID: optional(text()).register(about, {
    description: "Our client id at the platform.",
    example: "caratlas",
    missing,
  }),
  EINVOICING_CLIENT_SECRET: optional(text()).register(about, {
    description: "Our client secret at the platform.",
    missing,
  }),
  EINVOICING_SINCE: optional(calendarDay()).register(about, {
    description: "Documents issued before this day are not sent.",
    example: "2027-09-01",
    missing,
  }),
};

export const einvoicingNames = Object.keys(einvoicingSettings) as (keyof typeof einvoicingSettings)[];

/** Null unless the settings are present; rules.ts refuses a part of them. */
export function einvoicingOf(values: Read<typeof einvoicingSettings>): EinvoicingSettings | null {
  const { EINVOICING_API_BASE: base, EINVOICING_TOKEN_URL: tokenUrl } = values;
  const { EINVOICING_CLIENT_ID: clientId, EINVOICING_CLIENT_SECRET: clientSecret } = values;
  const { EINVOICING_SINCE: since } = values;
  if (base === null || tokenUrl === null || since === null) return null;
  if (clientId === null || clientSecret === null) return null;
  return Object.freeze({ base, tokenUrl, clientId, clientSecret, since });
}
