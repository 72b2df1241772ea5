/** Writes the consequences of decisions, one statement per table, under the locks of the leads and accounts. */
import type { EntityManager } from "typeorm";
import type { DeliveryBook } from "../../delivery/deliveries";
import type { FeedService } from "../../account/feed";
import type { LeadBook, LeadRow } from "../../people/leads";
import {
  availableCents,
  chargeOf,
  type AccountsService,
  type HeldAccounts,
  type LockedAccount,
} from "../../account/ledger";
import { newMonthlyId } from "../../platform/ids";
import { deliveryOf, feedEntriesOf, type Award } from "./award";
import type { CapUsage } from "./cap-usage.service";
import type { DecisionBook, NewDecision } from "./decision-book.service";
import type { BatchDecider } from "./batch-decider";

export interface BatchToWrite {
  readonly held: HeldAccounts;
  readonly decider: BatchDecider;
  readonly decisions: readonly NewDecision[];
  /** In decision order, which is also the order of each supplier's postings and feed entries. */
  readonly awards: readonly Award[];
  readonly leads: readonly LeadRow[];
}

export interface BatchWriterDeps {
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly caps: CapUsage;
  readonly deliveries: DeliveryBook;
  readonly decisions: DecisionBook;
  readonly leads: LeadBook;
}

export class BatchWriter {
  constructor(private readonly deps: BatchWriterDeps) {}

  /** Sends all statements together. The accounts go last, because the other writes advance their counters. */
  async write(tx: EntityManager, { held, decider, decisions, awards, leads }: BatchToWrite): Promise<void> {
    const given = awards.map((award) => ({
      award,
      account: accountOf(held, award),
      delivery: deliveryOf(newMonthlyId(award.lead.submittedAt), award),
    }));
    const deliveries = given.map(({ delivery }) => delivery);
    const written = [
      this.deps.decisions.record(tx, decisions),
      this.deps.deliveries.insert(tx, deliveries),
      this.deps.accounts.post(
        tx,
        given.map(({ account, delivery: { id, priceCents }, award: { at } }) => ({
          ...chargeOf(account.mode, priceCents),
          ...{ account, causeKind: "DELIVERY", causeId: id, at },
        })),
      ),
      this.deps.caps.write(tx, decider.windows),
      this.deps.feed.append(
        tx,
        given.flatMap(({ account: counter, delivery, award: { taken, at } }) =>
          feedEntriesOf(delivery.id, taken).map((entry) => ({ ...entry, counter, at })),
        ),
      ),
      this.deps.leads.save(tx, leads),
    ];
    await Promise.all([...written, held.save()]);
    for (const { account } of given) mustAgree(account, decider);
  }
}

function accountOf({ accounts }: HeldAccounts, { taken }: Award): LockedAccount {
  const account = accounts.get(taken.candidate.supplierId);
  if (!account) throw new Error("A lead can only be taken under the lock of the supplier's account.");
  return account;
}

/**
 * The balance used in the decisions must equal the balance after posting. Otherwise one of them could exceed
 * a limit.
 */
function mustAgree(account: LockedAccount, decider: BatchDecider): void {
  if (availableCents(account) !== decider.left(account.supplierId)) {
    throw new Error("The balance after posting differs from the balance used in the decisions.");
  }
}
