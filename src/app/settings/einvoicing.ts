/**
 * The approved platform that invoices are sent to, and reports of sales to other companies. Without it, documents are
 * only read through the API.
 */
import type { AfnorSettings } from "../../billing/dispatch/afnor.adapter";
import { vatRegimes, type VatRegime } from "../../billing/dispatch/report-period";
import type { ReportSender } from "../../billing/dispatch/sales-report";
import { about, calendarDay, oneOf, optional, platformId, text, webAddress, type Read } from "./kinds";

export type EinvoicingSettings = AfnorSettings & {
  /** "YYYY-MM-DD": documents issued from that day on are sent or reported. */
  readonly since: string;
  /** Null when no sales are reported. */
  readonly reporting: ReportingSettings | null;
};

export interface ReportingSettings {
  readonly regime: VatRegime;
  readonly sender: ReportSender;
}

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
    description: "Documents issued before this day are neither sent nor reported.",
    example: "2027-09-01",
    missing,
  }),
};

const reportingMissing = "the settings of e-reporting belong together";

export const reportingSettings = {
  EREPORTING_REGIME: optional(oneOf(vatRegimes)).register(about, {
    description:
      "Our own VAT regime, which decides how often sales to companies without French e-invoices are reported to the tax authority through the platform: NORMAL_MONTHLY three times a month, NORMAL_QUARTERLY and SIMPLIFIED monthly, FRANCHISE every two months. Needs the platform above; set these three or none.",
    example: "NORMAL_MONTHLY",
    missing: reportingMissing,
  }),
  EREPORTING_PLATFORM_ID: optional(platformId()).register(about, {
    description: "The platform's number among the approved platforms, four characters.",
    example: "0123",
    missing: reportingMissing,
  }),
  EREPORTING_PLATFORM_NAME: optional(text()).register(about, {
    description: "The platform's name, for the reports.",
    example: "Plateforme Exemple",
    missing: reportingMissing,
  }),
};

export const reportingNames = Object.keys(reportingSettings) as (keyof typeof reportingSettings)[];

export const einvoicingNames = Object.keys(einvoicingSettings) as (keyof typeof einvoicingSettings)[];

type Values = Read<typeof einvoicingSettings> & Read<typeof reportingSettings>;

/** Null unless the settings are present; rules.ts refuses a part of them. */
export function einvoicingOf(values: Values): EinvoicingSettings | null {
  const { EINVOICING_API_BASE: base, EINVOICING_TOKEN_URL: tokenUrl } = values;
  const { EINVOICING_CLIENT_ID: clientId, EINVOICING_CLIENT_SECRET: clientSecret } = values;
  const { EINVOICING_SINCE: since } = values;
  if (base === null || tokenUrl === null || since === null) return null;
  if (clientId === null || clientSecret === null) return null;
  return Object.freeze({ base, tokenUrl, clientId, clientSecret, since, reporting: reportingOf(values) });
}

function reportingOf(values: Read<typeof reportingSettings>): ReportingSettings | null {
  const { EREPORTING_REGIME: regime, EREPORTING_PLATFORM_ID: id, EREPORTING_PLATFORM_NAME: name } = values;
  if (regime === null || id === null || name === null) return null;
  return Object.freeze({ regime, sender: Object.freeze({ id, name }) });
}
