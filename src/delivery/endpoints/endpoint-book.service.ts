/** Inserts rows of `endpoint` up to the limit of a supplier, and reads a supplier's own. */
import type { EntityManager } from "typeorm";
import { columnsOf, type Limits } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { AppError, notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import { freshAt } from "./after-attempt";
import type { Editor } from "./editor";
import { mostEndpoints, type CheckedEndpoint } from "./check-endpoint";
import { EndpointEntity } from "./endpoint.entity";
import type { EndpointVault } from "./endpoint-vault.service";
import type { EventSender } from "./event-sender.service";
import { newSecret } from "./signature.service";

export interface NewEndpoint extends CheckedEndpoint {
  /** Starts after this position of the feed; null starts with the next event. */
  readonly position: number | null;
}

export interface EndpointBookDeps {
  readonly vault: EndpointVault;
  readonly eventSender: Pick<EventSender, "signs">;
  readonly clock: Clock;
  /** Throws when the limits name a site or campaign of another supplier. */
  readonly checkLimits: (tx: EntityManager, supplierId: string, limits: Limits | null) => Promise<void>;
}

export class EndpointBook {
  constructor(private readonly deps: EndpointBookDeps) {}

  /** Returns the secret, which is otherwise only returned by a rotation. */
  async insert(
    tx: EntityManager,
    { supplierId, actor }: Editor,
    { target, options, events, position, limits, ...rest }: NewEndpoint,
  ): Promise<{ id: string; secret: Buffer | null }> {
    await refuseTooMany(tx, supplierId);
    const { vault, eventSender, clock } = this.deps;
    await this.deps.checkLimits(tx, supplierId, limits);
    const [id, at] = [newId(), clock.now()];
    const secret = eventSender.signs(rest.kind) ? newSecret() : null;
    await tx.insert(EndpointEntity, {
      ...{ ...rest, id, supplierId, createdBy: actor, createdAt: at, status: "ACTIVE" as const, version: 1 },
      ...freshAt(position ?? (await lastPosition(tx, supplierId)), at),
      ...columnsOf(limits),
      events: events && [...events],
      ...vault.sealTarget(id, target, options),
      ...vault.sealSecret(id, secret),
    });
    return { id, secret };
  }
}

/** NOT_FOUND when the endpoint belongs to another supplier. */
export async function owned(
  tx: EntityManager,
  { supplierId, id }: { supplierId: string; id: string },
  hold: "READ" | "HOLD" = "READ",
): Promise<EndpointEntity> {
  const lock = hold === "HOLD" ? ({ mode: "pessimistic_write" } as const) : undefined;
  const row = isId(id) ? await tx.findOne(EndpointEntity, { where: { id, supplierId }, lock }) : null;
  if (!row) throw notFound("endpoint");
  return row;
}

async function refuseTooMany(tx: EntityManager, supplierId: string): Promise<void> {
  // Without the lock, two concurrent requests could both pass the count and exceed the limit.
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1765300))", [supplierId]);
  if ((await tx.countBy(EndpointEntity, { supplierId })) < mostEndpoints) return;
  throw new AppError(
    "CONFLICT",
    `You have ${String(mostEndpoints)} endpoints, which is the maximum. Delete one first.`,
    { reason: "TOO_MANY" },
  );
}

async function lastPosition(tx: EntityManager, supplierId: string): Promise<number> {
  const rows: { last_position: string }[] = await tx.query(
    "SELECT last_position FROM account_state WHERE supplier_id = $1",
    [supplierId],
  );
  return integerOf(rows[0]?.last_position ?? 0);
}
