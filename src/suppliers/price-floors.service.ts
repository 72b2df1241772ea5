/** The lowest price of a product's leads over time. Rows are dated and stay: each says from when on it holds. */
import type { EntityManager } from "typeorm";
import { LessThanOrEqual } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../identity";
import type { Transact } from "../platform/database";
import { violationOf } from "../platform/violations";
import { AppError, invalid } from "../shared/errors";
import { PriceFloorEntity } from "./price-floor.entity";

export interface PriceInput {
  readonly product: string;
  readonly floorCents: number;
  /** From when on; now if it is left out. */
  readonly since?: Date | null;
}

export interface PriceFloor {
  readonly product: string;
  readonly floorCents: number;
  readonly since: Date;
}

export interface FloorQuestion {
  readonly product: string;
  readonly at: Date;
  /** The product's own floor, until staff set another. */
  readonly default: number;
}

export interface PriceFloorsDeps {
  readonly transact: Transact;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly isProduct: (id: string) => boolean;
  readonly clock: () => Date;
}

const maxFloorCents = 1_000_000;

export class PriceFloors {
  constructor(private readonly deps: PriceFloorsDeps) {}

  async at(tx: EntityManager, { product, at, default: floorCents }: FloorQuestion): Promise<number> {
    const row = await tx.findOne(PriceFloorEntity, {
      where: { productId: product, since: LessThanOrEqual(at) },
      order: { since: "DESC" },
    });
    return row?.floorCents ?? floorCents;
  }

  /** Campaigns that ask less keep their price until they are edited: terms are never changed behind a supplier. */
  async set(by: Principal, input: PriceInput, idempotencyKey: string | null): Promise<PriceFloor> {
    const now = this.deps.clock();
    const floor = this.check(input, now);
    const { transact, idempotency } = this.deps;
    const request = {
      principal: by.consumer,
      operation: "setPrice",
      key: idempotencyKey,
      supplierId: null,
      input,
    };
    const since = await transact(scopeOf(by), (tx) =>
      idempotency.once(tx, request, async () => {
        // Asked only the first time: the same request repeated later is answered, not refused.
        if (floor.since < now) throw invalid("since must not be past: prices are not changed backwards.");
        await this.insert(tx, floor, by.consumer);
        return floor.since.toISOString();
      }),
    );
    return { ...floor, since: new Date(since) };
  }

  private check({ product, floorCents, since }: PriceInput, now: Date): PriceFloor {
    if (!this.deps.isProduct(product))
      throw invalid("There is no such product. The products query lists them.");
    if (!Number.isSafeInteger(floorCents) || floorCents < 1 || floorCents > maxFloorCents) {
      throw invalid(`floorCents must be a whole number of cents from 1 to ${String(maxFloorCents)}.`);
    }
    return { product, floorCents, since: since ?? now };
  }

  private async insert(tx: EntityManager, floor: PriceFloor, actor: string): Promise<void> {
    const { product, floorCents, since } = floor;
    try {
      await tx.insert(PriceFloorEntity, { productId: product, since, floorCents });
    } catch (error) {
      if (violationOf(error)?.kind !== "UNIQUE") throw error;
      throw new AppError(
        "CONFLICT",
        "A price from this very moment on is set already. Choose another since.",
      );
    }
    await this.deps.audit.record(tx, {
      actor,
      action: "PRICE_SET",
      subject: `product:${product}`,
      supplierId: null,
      detail: { floorCents, since: since.toISOString() },
    });
  }
}
