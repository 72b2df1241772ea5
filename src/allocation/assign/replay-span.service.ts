/**
 * Replays every decision of a time span and reports those with a different outcome. Each page has a
 * transaction of its own, because a long-running one would make every process read the market again.
 */
import type { AuditService } from "../../access/identity";
import type { LeadBook } from "../../people/leads";
import { isOfEarlierRules } from "../matching";
import type { Transact } from "../../platform/database";
import { invalid } from "../../shared/errors";
import type { DecisionBook } from "./decision-book.service";
import type { Replays } from "./replays.service";
import type { DifferingDecision, RecordedDecision, ReplayReport } from "./replay-result";

/** Takes some seconds. A request has to end, so a busy day must be split into several spans. */
const most = 20_000;
const pageSize = 500;

export interface ReplayRange {
  readonly from: Date;
  /** Exclusive. */
  readonly until: Date;
}

interface Page extends ReplayReport {
  /** The last decision of the page; null on the last page. */
  readonly last: RecordedDecision | null;
}

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

  /** Rejects a span with too many decisions for one answer. */
  async between(span: ReplayRange, actor: string): Promise<ReplayReport> {
    await this.note(span, actor);
    const pages: Page[] = [];
    for (let after: RecordedDecision | null = null; ;) {
      const page: Page = await this.page(span, after);
      pages.push(page);
      if (page.last === null) break;
      after = page.last;
    }
    const sum = (of: (page: Page) => number): number => pages.reduce((total, page) => total + of(page), 0);
    return {
      same: sum(({ same }) => same),
      otherRules: sum(({ otherRules }) => otherRules),
      differing: pages.flatMap(({ differing }) => differing),
    };
  }

  /** The request is audited before any data is read, whatever happens afterwards. */
  private async note({ from, until }: ReplayRange, actor: string): Promise<void> {
    const { decisions, audit } = this.deps;
    if (until <= from) throw invalid("until must be after from.", { reason: "OUT_OF_RANGE", field: "until" });
    await this.transact({ role: "worker" }, async (tx) => {
      const count = await decisions.countBetween(tx, from, until);
      if (count > most)
        throw invalid(`${String(count)} decisions are too many for one answer. Ask for a shorter span.`, {
          reason: "TOO_MANY",
          field: "until",
        });
      const detail = { from: from.toISOString(), until: until.toISOString(), count };
      const what = { action: "replayDecisions", subject: "decisions" };
      await audit.record(tx, { actor, ...what, supplierId: null, detail });
    });
  }

  private async page(span: ReplayRange, after: RecordedDecision | null): Promise<Page> {
    const { decisions, replays, leads } = this.deps;
    return this.transact({ role: "worker" }, async (tx) => {
      const made = await decisions.madeIn(tx, span, { after, pageSize });
      const again = await replays.of(tx, made);
      const today = again.filter(({ record }) => !isOfEarlierRules(record));
      const differing: DifferingDecision[] = [];
      for (const { leadId, number, differences } of today) {
        if (differences.length === 0) continue;
        const reference = (await leads.byId(tx, leadId))?.reference ?? "";
        differing.push({ reference, number, differences });
      }
      return {
        same: today.length - differing.length,
        otherRules: again.length - today.length,
        differing,
        last: made.length < pageSize ? null : (made.at(-1) ?? null),
      };
    });
  }
}
