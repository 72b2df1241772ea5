/** Decisions as they were made: kept once each, and made again on demand. */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../campaigns";
import type { LeadBook, LeadRow, LeadVault } from "../leads";
import { replay, type DecisionRecord } from "../matching";
import type { Transact } from "../platform/database";
import { notFound } from "../shared/errors";
import { canonicalJson } from "../shared/canonical-json";
import { monthOfId } from "../shared/months";
import { factsOf } from "./facts-of";
import { DecisionEntity } from "./decision.entity";
import type { Replay } from "./replayed";

export class DecisionBook {
  constructor(
    private readonly transact: Transact,
    private readonly leads: LeadBook,
    private readonly vault: LeadVault,
    private readonly campaigns: CampaignBook,
  ) {}

  /** Call under the lead's lock. A try that says the same as the last one again leaves no second record. */
  async record(tx: EntityManager, leadId: string, record: DecisionRecord): Promise<void> {
    const whose = { month: monthOfId(leadId), leadId };
    const last = await tx.findOne(DecisionEntity, { where: whose, order: { number: "DESC" } });
    if (last && canonicalJson(last.content.outcome) === canonicalJson(record.outcome)) return;
    await tx.insert(DecisionEntity, {
      ...whose,
      number: (last?.number ?? 0) + 1,
      at: new Date(record.at),
      content: record,
    });
  }

  /** The last decision about each of these leads, by lead; those that were never decided are missing. */
  async latest(tx: EntityManager, leadIds: readonly string[]): Promise<Map<string, DecisionRecord>> {
    const rows: { lead_id: string; content: DecisionRecord }[] = await tx.query(
      `SELECT d.lead_id, d.content FROM unnest($1::integer[], $2::uuid[]) AS w (month, lead_id)
       CROSS JOIN LATERAL (SELECT * FROM decision WHERE month = w.month AND lead_id = w.lead_id
         ORDER BY number DESC LIMIT 1) AS d`,
      [leadIds.map(monthOfId), leadIds],
    );
    return new Map(rows.map(({ lead_id, content }) => [lead_id, content]));
  }

  /** Every decision about a lead, each made again from what was recorded. Reads where exactly it is, and tells nobody. */
  async replayed(reference: string): Promise<Replay> {
    return this.transact({ role: "worker" }, async (tx) => {
      const lead = await this.leads.byReference(tx, reference);
      if (!lead) throw notFound("request");
      const need = await this.leads.need(tx, lead.id);
      const joinedTo = await this.rootOf(tx, lead);
      if (!need) return { joinedTo, erased: true };
      const facts = factsOf(need, await this.vault.personOf(tx, lead.id));
      const rows = await tx.find(DecisionEntity, {
        where: { month: lead.month, leadId: lead.id },
        order: { number: "ASC" },
      });
      const used = rows.flatMap(({ content }) => content.candidates);
      const versions = await this.campaigns.termsOf(tx, used);
      const terms = new Map(versions.map((one) => [`${one.campaignId} ${String(one.version)}`, one.terms]));
      const decisions = rows.map(({ number, at, content }) => ({
        number,
        at,
        record: content,
        differences: replay(content, facts, (id, version) => terms.get(`${id} ${String(version)}`)),
      }));
      return { joinedTo, erased: false, decisions };
    });
  }

  private async rootOf(tx: EntityManager, { joinedLeadId }: LeadRow): Promise<string | null> {
    return joinedLeadId === null ? null : ((await this.leads.byId(tx, joinedLeadId))?.reference ?? null);
  }
}
