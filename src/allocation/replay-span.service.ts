/** Makes every decision of a span of time again, and says which come out otherwise. */
import type { EntityManager } from "typeorm";
import type { AuditService } from "../identity";
import type { LeadBook } from "../leads";
import { rulesVersion } from "../matching";
import type { Transact } from "../platform/database";
import { invalid } from "../shared/errors";
import type { DecisionBook } from "./decision-book.service";
import type { Replays } from "./replays.service";
import type { ReplayedDecision, ReplayReport } from "./replayed";

/** Some seconds' work: a request must end, so a busy day is asked for in pieces. */
const most = 20_000;
const pageSize = 500;

export class ReplaySpan {
  constructor(
    private readonly transact: Transact,
    private readonly deps: {
      readonly decisions: DecisionBook;
      readonly replays: Replays;
      readonly leads: LeadBook;
      readonly audit: AuditService;
    },
  ) {}

  /** `until` is exclusive. Refused if there are too many for one answer. */
  async between({ from, until }: { from: Date; until: Date }, actor: string): Promise<ReplayReport> {
    const { decisions, replays, audit } = this.deps;
    return this.transact({ role: "worker" }, async (tx) => {
      const count = await decisions.countBetween(tx, from, until);
      if (count > most)
        throw invalid(`${String(count)} decisions are too many for one answer: ask for a shorter span.`);
      const detail = { from: from.toISOString(), until: until.toISOString(), count };
      await audit.record(tx, {
        actor,
        action: "replayDecisions",
        subject: "decisions",
        supplierId: null,
        detail,
      });
      const counts = { same: 0, erased: 0, otherRules: 0 };
      const differing: ReplayReport["differing"][0][] = [];
      for await (const page of decisions.madeBetween(tx, { from, until, pageSize })) {
        for (const one of await replays.of(tx, page)) {
          if (one.erased) counts.erased += 1;
          else if (isByOtherRules(one)) counts.otherRules += 1;
          else if (one.differences.length === 0) counts.same += 1;
          else differing.push(await this.named(tx, one));
        }
      }
      return { ...counts, differing };
    });
  }

  private async named(tx: EntityManager, decision: ReplayedDecision): Promise<ReplayReport["differing"][0]> {
    const lead = await this.deps.leads.byId(tx, decision.leadId);
    return { reference: lead?.reference ?? "", decision };
  }
}

const isByOtherRules = ({ record }: ReplayedDecision): boolean =>
  record !== null && record.rulesVersion !== rulesVersion;
