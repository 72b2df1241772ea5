/**
 * Acknowledges revocations by mailed link. The link alone authorises this one answer, without a sign-in. It stops
 * working when its endpoint is deleted, so a link that was sent to a wrong address can be disabled.
 */
import type { Clock } from "../../platform/clock";
import type { DeliveryRow, Disposition, SupplierLeads } from "../deliveries";
import { type AuditService, wholeOf } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { notFound } from "../../shared/errors";
import { EndpointEntity } from "./endpoint.entity";
import type { RevocationLink, RevocationTokens } from "./revocation-token.service";

export interface RevocationLinksDeps {
  readonly transact: Transact;
  readonly inbox: SupplierLeads;
  readonly audit: AuditService;
  readonly tokens: RevocationTokens;
  readonly clock: Clock;
}

export interface LinkAnswer {
  readonly disposition: Disposition;
  readonly ground: string | null;
}

export class RevocationLinks {
  constructor(private readonly deps: RevocationLinksDeps) {}

  /** Reading the status acknowledges nothing, because mail scanners open every link. */
  async look(token: string): Promise<DeliveryRow> {
    return this.stands(await this.opened(token));
  }

  /** Repeating the same answer changes nothing. */
  async acknowledge(token: string, { disposition, ground }: LinkAnswer): Promise<DeliveryRow> {
    const link = await this.opened(token);
    const { supplierId, leadId, endpointId } = link;
    const standing = await this.stands(link);
    if (standing.acknowledgedAt !== null && standing.disposition === disposition) return standing;
    const answer = { leadId, disposition, ground };
    return this.deps.inbox.acknowledgeRevocation(wholeOf(supplierId), answer, (tx) =>
      this.deps.audit.record(tx, {
        actor: `revocation-link:${endpointId}`,
        action: "REVOCATION_ACKNOWLEDGED",
        subject: `delivery:${leadId}`,
        supplierId,
        detail: { disposition },
      }),
    );
  }

  private async opened(token: string): Promise<RevocationLink> {
    const link = this.deps.tokens.read(token, this.deps.clock.now());
    if (link && (await this.hasEndpoint(link))) return link;
    throw notFound("link");
  }

  private async hasEndpoint({ supplierId, endpointId: id }: RevocationLink): Promise<boolean> {
    return this.deps.transact(wholeOf(supplierId), (tx) => tx.existsBy(EndpointEntity, { id, supplierId }));
  }

  private async stands({ supplierId, leadId }: RevocationLink): Promise<DeliveryRow> {
    const delivery = await this.deps.inbox.delivery(supplierId, leadId);
    if (!delivery.revokedAt) throw notFound("link");
    return delivery;
  }
}
