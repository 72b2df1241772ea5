/**
 * Reads a supplier's leads and records its answers to revocations. Row-level security limits a supplier to its own
 * deliveries, and to the personal data of leads that are not revoked.
 */
import { In, type EntityManager } from "typeorm";
import { type SupplierScope, wholeOf } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { SealedValues } from "../../platform/sealed/values";
import { AppError, invalid, notFound } from "../../shared/errors";
import { isId, monthOfId } from "../../shared/months";
import type { LeadReader } from "../../people/leads";
import { DeliveryEntity } from "./delivery.entity";
import type { LeadView } from "./lead-view";
import type { LeadViews } from "./lead-views.service";
import { render } from "./render";

export type Disposition = "DELETED" | "KEPT";

export interface LeadPage {
  readonly after: { matchedAt: string; id: string } | null;
  readonly limit: number;
  readonly campaignId: string | null;
  readonly matchedFrom: Date | null;
  readonly matchedBefore: Date | null;
}

export interface RevocationAnswer {
  readonly leadId: string;
  readonly disposition: Disposition;
  readonly ground: string | null;
}

export class SupplierLeads {
  private readonly grounds: SealedValues;

  constructor(
    private readonly transact: Transact,
    private readonly reading: { readonly leads: LeadReader; readonly views: LeadViews },
    private readonly clock: Clock,
    masterKey: KeyRing,
  ) {
    this.grounds = new SealedValues(masterKey, "disposition");
  }

  /** In the order of `ids`; null for a lead that was revoked or belongs to another supplier. */
  byIds(scope: SupplierScope, ids: readonly string[]): Promise<(LeadView | null)[]> {
    return this.reading.views.byIds(scope, ids);
  }

  /** null once the lead was revoked; NOT_FOUND when it never belonged to this supplier. */
  async one(scope: SupplierScope, id: string): Promise<LeadView | null> {
    return this.transact(scope, async (tx) => {
      const delivery = await owned(tx, scope.supplierId, id);
      return delivery.revokedAt ? null : ((await this.views(tx, [delivery]))[0] ?? null);
    });
  }

  /** The delivery row, which has no personal data, even after the lead was revoked. */
  async delivery(supplierId: string, id: string): Promise<DeliveryEntity> {
    return this.transact(wholeOf(supplierId), (tx) => owned(tx, supplierId, id));
  }

  /** Newest first, without revoked leads. */
  async page(scope: SupplierScope, page: LeadPage): Promise<LeadView[]> {
    if (page.campaignId !== null && !isId(page.campaignId)) throw notFound("campaign");
    return this.transact(scope, async (tx) => {
      const rows: { id: string }[] = await tx.query(
        `SELECT id FROM delivery
         WHERE supplier_id = $1 AND revoked_at IS NULL
           AND ($2::uuid IS NULL OR campaign_id = $2)
           AND ($3::timestamptz IS NULL OR matched_at >= $3) AND ($4::timestamptz IS NULL OR matched_at < $4)
           AND ($5::timestamptz IS NULL OR (matched_at, id) < ($5, $6::uuid))
         ORDER BY matched_at DESC, id DESC LIMIT $7`,
        [
          scope.supplierId,
          page.campaignId,
          page.matchedFrom,
          page.matchedBefore,
          page.after?.matchedAt ?? null,
          page.after?.id ?? null,
          page.limit,
        ],
      );
      const ids = rows.map(({ id }) => id);
      const deliveries = await tx.findBy(DeliveryEntity, {
        month: In([...new Set(ids.map(monthOfId))]),
        id: In(ids),
      });
      const views = new Map((await this.views(tx, deliveries)).map((view) => [view.id, view]));
      return ids.flatMap((id) => views.get(id) ?? []);
    });
  }

  /**
   * Records the answer to LeadRevoked. A later answer replaces an earlier one. `beside` runs in the same transaction.
   */
  async acknowledgeRevocation(
    scope: SupplierScope,
    answer: RevocationAnswer,
    beside: (tx: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<DeliveryEntity> {
    const { leadId, disposition, ground } = answer;
    if (disposition === "KEPT" && (ground === null || ground.trim() === "")) {
      throw invalid(
        "To keep a revoked lead you need a legal ground of your own. State it in ground, for example that the person became your customer.",
        { reason: "REQUIRED", field: "ground" },
      );
    }
    if (ground !== null && ground.length > 500)
      throw invalid("ground takes at most 500 characters.", { reason: "TOO_LONG", field: "ground" });
    return this.transact(scope, async (tx) => {
      const delivery = await owned(tx, scope.supplierId, leadId);
      if (!delivery.revokedAt)
        throw new AppError("CONFLICT", "This lead was not revoked: there is nothing to acknowledge.", {
          reason: "NOT_REVOKED",
        });
      const change = {
        acknowledgedAt: this.clock.now(),
        disposition,
        ...this.sealed(leadId, ground),
      };
      await tx.update(DeliveryEntity, { month: delivery.month, id: delivery.id }, change);
      await beside(tx);
      return { ...delivery, ...change };
    });
  }

  /** Sealed with the service's own key, because the supplier no longer has a right to the lead's key. */
  private sealed(
    leadId: string,
    ground: string | null,
  ): Pick<DeliveryEntity, "groundSealed" | "groundKeyId"> {
    if (ground === null) return { groundSealed: null, groundKeyId: null };
    const { sealed, keyId } = this.grounds.seal(Buffer.from(ground), leadId);
    return { groundSealed: sealed, groundKeyId: keyId };
  }

  private async views(tx: EntityManager, deliveries: readonly DeliveryEntity[]): Promise<LeadView[]> {
    if (deliveries.length === 0) return [];
    const requests = await this.reading.leads.byIds(
      tx,
      deliveries.map(({ leadId }) => leadId),
    );
    // A withdrawal that commits between the two reads leaves a delivery without its personal data.
    return deliveries.flatMap((delivery) => {
      const request = requests.get(delivery.leadId);
      return request ? [render({ delivery, ...request })] : [];
    });
  }
}

async function owned(tx: EntityManager, supplierId: string, id: string): Promise<DeliveryEntity> {
  const delivery = isId(id)
    ? await tx.findOneBy(DeliveryEntity, { month: monthOfId(id), id, supplierId })
    : null;
  if (!delivery) throw notFound("lead");
  return delivery;
}
