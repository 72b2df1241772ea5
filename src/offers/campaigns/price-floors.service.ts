/**
 * Sets and reads the price floors of a product over time. Rows are never changed: each has the instant from
 * which it applies.
 */
import type { EntityManager } from "typeorm";
import type { Product } from "../../reference/catalogue";
import {
  scopeOf,
  type AuditService,
  type IdempotencyService,
  type JsonValue,
  type Principal,
} from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { violationOf } from "../../platform/violations";
import { AppError } from "../../shared/errors";
import { checkPrice, everyLead, type DatedFloor, type PriceInput } from "./check-price";
import { scopeText, type PriceFloor } from "./price-floor";
import { PriceFloorEntity } from "./price-floor.entity";

type Priced = Pick<Product, "id" | "floorCents">;

export interface PriceFloorsDeps {
  readonly transact: Transact;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly clock: Clock;
}

export class PriceFloors {
  constructor(private readonly deps: PriceFloorsDeps) {}

  /** All floors in force at an instant, including the product's own until staff set another for all leads. */
  async at(tx: EntityManager, product: Priced, at: Date): Promise<PriceFloor[]> {
    const rows: PriceFloorEntity[] = await tx
      .createQueryBuilder(PriceFloorEntity, "floor")
      .distinctOn(["floor.scope"])
      .where("floor.productId = :id AND floor.since <= :at", { id: product.id, at })
      .orderBy("floor.scope")
      .addOrderBy("floor.since", "DESC")
      .getMany();
    const set = rows.filter(({ floorCents }) => floorCents > 0);
    const isSet = set.some(({ scope }) => scope === scopeText(everyLead));
    return isSet ? set : [{ ...everyLead, floorCents: product.floorCents }, ...set];
  }

  /** The floors in force and those announced, the soonest first. */
  async list(tx: EntityManager, product: Priced): Promise<DatedFloor[]> {
    const now = this.deps.clock.now();
    const coming = await tx
      .createQueryBuilder(PriceFloorEntity, "floor")
      .where("floor.productId = :id AND floor.since > :now", { id: product.id, now })
      .orderBy("floor.since")
      .addOrderBy("floor.scope")
      .getMany();
    const dated = (await this.at(tx, product, now)).map((floor) => ({ since: now, ...floor }));
    return [...dated, ...coming].map((floor) => ({
      ...shown(floor),
      product: product.id,
      since: floor.since,
    }));
  }

  /**
   * Campaigns below the new floor keep their price until they are edited: terms never change without the
   * supplier.
   */
  async set(by: Principal, input: PriceInput, idempotencyKey: string | null): Promise<DatedFloor> {
    const now = this.deps.clock.now();
    const { transact, idempotency } = this.deps;
    const request = {
      principal: by.consumer,
      operation: "setPrice",
      key: idempotencyKey,
      supplierId: null,
      input: JSON.parse(JSON.stringify(input)) as JsonValue,
    };
    const since = await transact(scopeOf(by), (tx) =>
      idempotency.once(tx, request, async () => {
        const floor = checkPrice(input, now);
        await this.insert(tx, floor, by.consumer);
        return floor.since.toISOString();
      }),
    );
    // A repeated request may come after the start of the price, and gets the first answer.
    const start = new Date(since);
    return checkPrice({ ...input, since: start }, start);
  }

  private async insert(tx: EntityManager, floor: DatedFloor, actor: string): Promise<void> {
    const { product, since, ...rest } = floor;
    const row = { productId: product, scope: scopeText(floor), since, ...rest, criteria: [...rest.criteria] };
    try {
      await tx.insert(PriceFloorEntity, row);
    } catch (error) {
      if (violationOf(error)?.kind !== "UNIQUE") throw error;
      throw new AppError(
        "CONFLICT",
        "A price that starts at this very instant exists already. Choose another since.",
        { reason: "DUPLICATE", field: "since" },
      );
    }
    await this.deps.audit.record(tx, {
      actor,
      action: "PRICE_SET",
      subject: `product:${product}`,
      supplierId: null,
      detail: { scope: scopeText(floor), floorCents: floor.floorCents, since: since.toISOString() },
    });
  }
}

const shown = ({ departement, criteria, exclusive, floorCents }: PriceFloor): PriceFloor => ({
  ...{ departement, criteria, exclusive, floorCents },
});
