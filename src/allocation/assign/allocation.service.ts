/**
 * Gives leads to suppliers, one or many per transaction: loads the facts under locks, decides purely, one
 * lead after the other, and writes all consequences or none. It is safe to run again at any time, because
 * nothing is done twice.
 *
 * The locks are the leads, after the roots of their repeat requests, and the accounts of all consented
 * suppliers that have not received them. So no campaign, cap or balance can change between a decision and its
 * writes.
 */
import type { EntityManager } from "typeorm";
import { feedTopic } from "../../account/feed";
import { leadState, type LeadRow } from "../../people/leads";
import type { AccountsService, HeldAccounts } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import { disagreements, recordDecision, type Market } from "../matching";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import { byIndexOnly } from "../../platform/prepared-statement";
import type { Award } from "./award";
import type { BatchWriter } from "./batch-writer.service";
import type { NewDecision } from "./decision-book.service";
import { unserved, type DecisionFacts, type Due, type ReadyLead } from "./decision-facts.service";
import { BatchDecider, type DecidedLead } from "./batch-decider";
import type { OpenLeads } from "./open-leads.service";
import { leadAfterAttempt } from "./lead-after-attempt";

export interface AllocationServiceDeps {
  readonly transact: Transact;
  readonly openLeads: OpenLeads;
  readonly accounts: AccountsService;
  readonly facts: DecisionFacts;
  readonly market: Market;
  readonly writer: BatchWriter;
  readonly clock: Clock;
  /** Called with the campaigns about which the index and the terms differ, which is a bug. */
  readonly onDisagreement: (campaignIds: readonly string[]) => void;
  /** Called after commit with the topics to look at again. */
  readonly wake: (topics: readonly string[]) => void;
}

/** The result of an attempt: the suppliers that received the lead by it, or the error. */
export type AttemptResult =
  | { readonly leadId: string; readonly suppliers: readonly string[] }
  | { readonly leadId: string; readonly error: unknown };

type Received = ReadonlyMap<string, readonly string[]>;
type Made = DecidedLead<ReadyLead>;

export class AllocationService {
  constructor(private readonly deps: AllocationServiceDeps) {}

  /**
   * Results in the order of `leadIds`. If the batch fails, each lead is tried by itself, so that one failing
   * lead does not hold up the others.
   */
  async allocate(leadIds: readonly string[]): Promise<AttemptResult[]> {
    const batch = [...new Set(leadIds)];
    try {
      const received = await this.together(batch);
      return batch.map((leadId) => ({ leadId, suppliers: received.get(leadId) ?? [] }));
    } catch (error) {
      const [only, ...others] = batch;
      if (only === undefined) return [];
      if (others.length === 0) return [{ leadId: only, error }];
    }
    const tried: AttemptResult[] = [];
    for (const leadId of batch) tried.push(...(await this.allocate([leadId])));
    return tried;
  }

  private async together(leadIds: readonly string[]): Promise<Received> {
    // Outside the transaction, because it may have to read: a transaction that waits for a second connection
    // could wait for ever.
    await this.deps.market.now();
    const received = await this.deps.transact({ role: "worker" }, (tx) => this.attempt(tx, leadIds));
    failpoint("allocation.after-commit");
    const suppliers = new Set([...received.values()].flat());
    if (suppliers.size > 0) this.deps.wake([...suppliers].map(feedTopic));
    return received;
  }

  private async attempt(tx: EntityManager, leadIds: readonly string[]): Promise<Received> {
    const { openLeads, accounts, facts, clock } = this.deps;
    const [, leads] = await Promise.all([byIndexOnly(tx), openLeads.lock(tx, leadIds)]);
    if (leads.length === 0) return new Map();
    const now = clock.now();
    const ended = leads.filter(({ waitUntil }) => waitUntil <= now);
    const open = await openLeads.read(
      tx,
      leads.filter((lead) => !ended.includes(lead)),
    );
    const held = await accounts.hold(tx, open.flatMap(unserved));
    // Read under the locks: an opening that this attempt does not see yet will carry a later mark.
    const due = inTurn(open, clock.now());
    const { ready, left } = await facts.gather(tx, held.accounts, due);
    const decider = new BatchDecider(left);
    const made = ready.map((lead) => decider.decide(lead));
    failpoint("allocation.before-write");
    await this.deps.writer.write(tx, {
      ...{ held, decider },
      decisions: made.map((one) => this.recordOf(one)),
      awards: made.flatMap(awardsOf),
      leads: [
        ...made.map((one) => after(one, held)),
        ...ended.map((lead) => leadState.closed(lead, "WAIT_ENDED", now)),
      ],
    });
    failpoint("allocation.before-commit");
    return new Map(made.map(({ of, decision }) => [of.lead.id, takersOf(decision)]));
  }

  /** Records the version of the market that was asked. The index never overrules the terms. */
  private recordOf({ of, input, decision }: Made): NewDecision {
    const { candidates, lead, at } = input;
    const answer = this.deps.market.current.evaluate(candidates, lead, at);
    const differing = disagreements(decision.verdicts, answer);
    if (differing.length > 0) this.deps.onDisagreement(differing);
    return { record: recordDecision(input, decision, answer.market), last: of.last };
  }
}

/**
 * Spaces the leads one millisecond apart, as if they had come one by one, because turns are compared by the
 * instant.
 */
const inTurn = (leads: readonly Omit<Due, "at">[], from: Date): Due[] =>
  leads.map((lead, index) => ({ ...lead, at: new Date(from.getTime() + index) }));

const takersOf = ({ taking }: Made["decision"]): string[] =>
  taking.taken.map(({ candidate }) => candidate.supplierId);

const awardsOf = ({ of, decision: { taking } }: Made): Award[] =>
  taking.taken.map((taken) => ({ ...of, place: of.facts.place, taken, seats: taking.seats ?? 1 }));

const after = ({ of, decision: { taking } }: Made, held: HeldAccounts): LeadRow =>
  leadAfterAttempt({
    ...of,
    taking,
    received: of.own.deliveries.map(({ supplierId }) => supplierId),
    triedAt: held.at,
  });
