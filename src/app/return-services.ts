/** Leads that are given back. */
import { EvidenceService } from "../delivery/returns/evidence.service";
import { ReturnBook } from "../delivery/returns/return-book.service";
import { ReturnDesk } from "../delivery/returns/return-desk.service";
import { ReturnsService, type ReturnsDeps } from "../delivery/returns/returns.service";
import type { CampaignBook } from "../offers/campaigns";
import type { LeadBook } from "../people/leads";

type Base = Omit<ReturnsDeps, "book" | "evidence"> & {
  readonly campaigns: CampaignBook;
  readonly leads: LeadBook;
};

export function returnServices(base: Base) {
  const book = new ReturnBook();
  const evidence = new EvidenceService(base.leads, base.campaigns);
  return {
    transact: base.transact,
    book,
    desk: new ReturnDesk({ ...base, book }),
    returns: new ReturnsService({ ...base, book, evidence }),
  };
}
