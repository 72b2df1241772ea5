/**
 * Replays recorded decisions: loads their facts, a page at a time, and calls the pure rules. The exact
 * position of a need is decrypted for this and never returned.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook, CampaignTerms } from "../../offers/campaigns";
import type { LeadReader } from "../../people/leads";
import { explainDecision, replay, type DecisionRecord, type LeadFacts } from "../matching";
import { factsOf } from "./matching-input";
import type { RecordedDecision, ReplayedDecision } from "./replay-result";

type TermsOf = (campaignId: string, version: number) => CampaignTerms | undefined;

export class Replays {
  constructor(
    private readonly reader: LeadReader,
    private readonly campaigns: CampaignBook,
  ) {}

  /** In the given order. Decisions whose request has been erased meanwhile are left out. */
  async of(tx: EntityManager, decisions: readonly RecordedDecision[]): Promise<ReplayedDecision[]> {
    const facts = await this.facts(tx, [...new Set(decisions.map(({ leadId }) => leadId))]);
    const termsOf = await this.terms(tx, decisions);
    return decisions.flatMap((decision) => {
      const known = facts.get(decision.leadId);
      return known ? [{ ...decision, ...madeAgain(decision.record, known, termsOf) }] : [];
    });
  }

  /** The facts of the leads that have not been erased. */
  private async facts(
    tx: EntityManager,
    leadIds: readonly string[],
  ): Promise<ReadonlyMap<string, LeadFacts>> {
    const requests = await this.reader.byIds(tx, leadIds);
    return new Map([...requests].map(([leadId, { need, person }]) => [leadId, factsOf(need, person)]));
  }

  private async terms(tx: EntityManager, decisions: readonly RecordedDecision[]): Promise<TermsOf> {
    const named = decisions.flatMap(({ record }) => record?.candidates ?? []);
    const used = new Map(named.map((one) => [keyOf(one.campaignId, one.version), one]));
    const versions = await this.campaigns.termsOf(tx, [...used.values()]);
    const terms = new Map(versions.map((one) => [keyOf(one.campaignId, one.version), one.terms]));
    return (campaignId, version) => terms.get(keyOf(campaignId, version));
  }
}

function madeAgain(
  record: DecisionRecord | null,
  facts: LeadFacts,
  termsOf: TermsOf,
): Pick<ReplayedDecision, "differences" | "explain"> {
  if (!record) return { differences: [unreadable], explain: () => [] };
  return {
    differences: replay(record, facts, termsOf),
    explain: () => explainDecision(record, facts, termsOf) ?? [],
  };
}

const unreadable = { path: "record", recorded: "cannot be read", replayed: undefined };

const keyOf = (campaignId: string, version: number): string => `${campaignId} ${String(version)}`;
