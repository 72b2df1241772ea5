/** Leads that are given back. */
import { EvidenceService } from "../returns/evidence.service";
import { ReturnBook } from "../returns/return-book.service";
import { ReturnDesk } from "../returns/return-desk.service";
import { ReturnsService, type ReturnsDeps } from "../returns/returns.service";
import type { CampaignBook } from "../campaigns";
import type { LeadBook } from "../leads";

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
