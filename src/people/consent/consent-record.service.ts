/** Stores the acts of consent. The record only grows, and its hash chain reveals a changed or missing act. */
import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";
import { canonicalJson } from "../../shared/canonical-json";
import { monthOfId } from "../../shared/months";
import type { ConsentAct } from "./acts";
import { ConsentActEntity } from "./consent-act.entity";

export interface RecordedAct {
  readonly at: Date;
  readonly content: ConsentAct;
}

const readActs = preparedStatement<RecordedAct & { readonly leadId: string }>(
  "consent.acts",
  `SELECT a.lead_id AS "leadId", a.at, a.content
   FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id) CROSS JOIN LATERAL (
     SELECT lead_id, number, at, content FROM consent_act
     WHERE month = wanted.month AND lead_id = wanted.id ORDER BY number) AS a
   ORDER BY a.lead_id, a.number`,
);

export class ConsentRecord {
  /** Call with the lead locked, because the number and the chain continue from the last act. */
  async append(tx: EntityManager, leadId: string, act: RecordedAct): Promise<void> {
    const last = await tx.findOne(ConsentActEntity, { where: whose(leadId), order: { number: "DESC" } });
    const number = (last?.number ?? 0) + 1;
    const previousHash = last?.hash ?? null;
    const hash = chained({ ...act, leadId, number }, previousHash);
    await tx.insert(ConsentActEntity, { ...whose(leadId), number, ...act, previousHash, hash });
  }

  async acts(tx: EntityManager, leadId: string): Promise<readonly RecordedAct[]> {
    return (await this.actsOf(tx, [leadId])).get(leadId) ?? [];
  }

  /** Returns the acts by lead, in order. */
  async actsOf(
    tx: EntityManager,
    leadIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly RecordedAct[]>> {
    const acts = new Map<string, RecordedAct[]>();
    for (const { leadId, ...act } of await readActs(tx, [leadIds.map(monthOfId), leadIds])) {
      const earlier = acts.get(leadId);
      if (earlier) earlier.push(act);
      else acts.set(leadId, [act]);
    }
    return acts;
  }

  /** Deletes the acts of requests that were never confirmed. The database refuses this for all other requests. */
  async deleteUnconfirmed(tx: EntityManager, leadIds: readonly string[]): Promise<void> {
    await tx.query(
      `DELETE FROM consent_act WHERE (month, lead_id) IN (
         SELECT month, id FROM unnest($1::integer[], $2::uuid[]) AS request (month, id))`,
      [leadIds.map(monthOfId), leadIds],
    );
  }

  /** Whether the record of this lead exists, no act was changed and none is missing before another. */
  async isIntact(tx: EntityManager, leadId: string): Promise<boolean> {
    const acts = await tx.find(ConsentActEntity, { where: whose(leadId), order: { number: "ASC" } });
    const follows = (act: ConsentActEntity, index: number): boolean => {
      const previous = acts[index - 1]?.hash ?? null;
      const isLinked =
        previous === null ? act.previousHash === null : act.previousHash?.equals(previous) === true;
      return act.number === index + 1 && isLinked && chained(act, previous).equals(act.hash);
    };
    return acts.length > 0 && acts.every(follows);
  }
}

const whose = (leadId: string): { month: number; leadId: string } => ({ month: monthOfId(leadId), leadId });

type Chained = RecordedAct & { readonly leadId: string; readonly number: number };

function chained({ leadId, number, at, content }: Chained, previous: Buffer | null): Buffer {
  const text = canonicalJson({
    leadId,
    number,
    at: at.toISOString(),
    content,
    previous: previous?.toString("hex") ?? null,
  });
  return createHash("sha256").update(text).digest();
}
