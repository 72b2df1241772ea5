/**
 * Which cap windows apply to a decision at an instant, and what can campaigns still take? Their usage is
 * loaded by cap-usage.service.ts.
 */
import type { CampaignTerms } from "../../offers/campaigns";
import type { Candidate, Capacity } from "../matching";
import { windowOf } from "../../shared/calendar";

export interface CapWindow {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly unit: string;
  readonly period: string;
  readonly start: Date;
  readonly end: Date;
}

/** A window with its usage. */
export interface UsedWindow extends CapWindow {
  readonly used: number;
}

export type CandidateTerms = Pick<Candidate, "campaignId" | "supplierId" | "terms">;

/** One window per cap of the terms, in their order. */
export const windowsOf = ({ campaignId, supplierId, terms }: CandidateTerms, at: Date): CapWindow[] =>
  capsOf(terms, at).map((window) => ({ campaignId, supplierId, ...window }));

/** The capacity of each candidate. `usedOf` gives the usage of a window, `availableOf` what a supplier can spend. */
export function capacitiesOf(
  candidates: readonly Candidate[],
  at: Date,
  left: {
    usedOf: (window: CapWindow) => number;
    availableOf: (supplierId: string) => number;
    /** undefined if the campaign does not require a connected member. */
    connectedOf: (campaignId: string) => boolean | undefined;
  },
): Capacity[] {
  return candidates.map((candidate) => ({
    ...connection(left.connectedOf(candidate.campaignId)),
    campaignId: candidate.campaignId,
    supplierId: candidate.supplierId,
    version: candidate.version,
    status: candidate.status,
    capsUsed: windowsOf(candidate, at).map((window) => ({
      windowStart: window.start,
      resetsAt: window.end,
      used: left.usedOf(window),
    })),
    availableCents: left.availableOf(candidate.supplierId),
  }));
}

const connection = (isConnected: boolean | undefined): Pick<Capacity, "isConnected"> =>
  isConnected === undefined ? {} : { isConnected };

export const windowKey = ({
  campaignId,
  unit,
  period,
  start,
}: Omit<CapWindow, "end" | "supplierId">): string => `${campaignId} ${unit} ${period} ${start.getTime()}`;

const capsOf = (
  { caps, timeZone }: CampaignTerms,
  at: Date,
): Omit<CapWindow, "campaignId" | "supplierId">[] =>
  caps.map(({ unit, period }) => ({ unit, period, ...windowOf(period, timeZone, at) }));
