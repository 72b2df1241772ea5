/**
 * Writes a lead as ADF 1.0, the format that dealer software reads. docs/adf.md describes the mapping and
 * docs/schemas/adf-1.0.xsd what is valid. The document contains only what the supplier may see now, and not the price
 * of the lead.
 */
import { DateTime } from "luxon";
import { productById } from "../../reference/catalogue";
import { customerOf } from "./adf-customer";
import type { AdfLead } from "./adf-lead";
import { vehiclesOf } from "./adf-vehicles";
import { documentOf, adfElement, xmlLine, type Element } from "./adf-xml";

export interface AdfVendor {
  readonly id: string;
  readonly name: string;
  /** The supplier's own address, which also receives revocations. */
  readonly email: string;
}

export interface AdfOptions {
  readonly vendor: AdfVendor;
  /** The public address of CarAtlas. */
  readonly url: string;
  /** Whether the lead was sent before and may have arrived. */
  readonly resend: boolean;
}

export const adfOf = (lead: AdfLead, { vendor, url, resend }: AdfOptions): string =>
  documentOf({
    "@status": resend ? "resend" : "new",
    id: adfElement({ sequence: "1", source: "CarAtlas" }, lead.id),
    requestdate: instant(lead.submittedAt),
    vehicle: vehiclesOf(lead),
    customer: customerOf(lead),
    vendor: vendorOf(vendor),
    provider: {
      name: adfElement({ part: "full", type: "business" }, "CarAtlas"),
      service: productById(lead.product.id)?.label.FR ?? lead.product.id,
      url,
    },
  });

const vendorOf = ({ id, name, email }: AdfVendor): Element => ({
  id: adfElement({ source: "CarAtlas" }, id),
  vendorname: xmlLine(name),
  contact: { name: adfElement({ part: "full", type: "business" }, xmlLine(name)), email: xmlLine(email) },
});

/** ISO 8601 in Paris time, with the offset. */
function instant(at: string): string {
  const written = DateTime.fromISO(at, { zone: "Europe/Paris" }).toISO({ suppressMilliseconds: true });
  if (written === null) throw new Error(`The lead's submission time is invalid: ${at}.`);
  return written;
}
