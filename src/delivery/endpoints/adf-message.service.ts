/** Writes the lead of an event as ADF, as it may be seen now; null once the lead was revoked. */
import { adfOf } from "./adf";
import { adfSelection, type AdfLead } from "./adf-lead";
import { revocationEmailOf } from "./adf-options";
import type { Message } from "./sender";

export interface AdfWriterDeps {
  readonly supplierName: (supplierId: string) => Promise<string>;
  readonly publicUrl: () => string;
}

const adfDocument = `subscription { leadFeed { ... on LeadMatched { lead { ${adfSelection} } } } }`;

export class AdfWriter {
  constructor(private readonly deps: AdfWriterDeps) {}

  async write({ destination, render, mayBeRepeat }: Message): Promise<string | null> {
    const { supplierId: id, options } = destination;
    const name = await this.deps.supplierName(id);
    // The lead is read last, so that a withdrawal up to this moment is respected.
    const { leadFeed } = (await render(adfDocument)) as { leadFeed: { lead: AdfLead | null } };
    if (leadFeed.lead === null) return null;
    const vendor = { id, name, email: revocationEmailOf(options) };
    return adfOf(leadFeed.lead, { vendor, url: this.deps.publicUrl(), resend: mayBeRepeat });
  }
}
