/** What of a lead's seats is taken, by it and by the requests that it repeats or that repeat it. */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../campaigns";
import type { DeliveryBook, DeliveryRow } from "../deliveries";
import type { Kin, LeadRow } from "../leads";
import { type KinDelivery, type OwnSeats } from "./seats-among-kin";

export interface SeatsTaken {
  readonly own: OwnSeats;
  readonly kin: readonly KinDelivery[];
}

export class KinSeats {
  constructor(
    private readonly kin: Kin,
    private readonly deliveries: DeliveryBook,
    private readonly campaigns: CampaignBook,
  ) {}

  /** Call with the root of the kin held. */
  async taken(tx: EntityManager, lead: LeadRow): Promise<SeatsTaken> {
    const deliveries = await this.deliveries.ofLead(tx, lead.id);
    return { own: { seats: lead.seats, deliveries }, kin: await this.ofOthers(tx, lead) };
  }

  private async ofOthers(tx: EntityManager, lead: LeadRow): Promise<KinDelivery[]> {
    const standing: DeliveryRow[] = [];
    for (const { id } of await this.kin.others(tx, lead)) {
      const deliveries = await this.deliveries.ofLead(tx, id);
      standing.push(...deliveries.filter(({ revokedAt }) => revokedAt === null));
    }
    const taken = standing.map(({ campaignId, campaignVersion: version }) => ({ campaignId, version }));
    const versions = await this.campaigns.termsOf(tx, taken);
    const seatsOf = new Map(
      versions.map(({ campaignId, version, terms }) => [key(campaignId, version), terms]),
    );
    return standing.map(({ supplierId, campaignId, campaignVersion }) => ({
      supplierId,
      maxSeats: seatsOf.get(key(campaignId, campaignVersion))?.maxSeats ?? null,
    }));
  }
}

const key = (campaignId: string, version: number): string => `${campaignId} ${String(version)}`;
