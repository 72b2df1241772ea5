/**
 * Why did each candidate of a decision take the lead or not, and what would have changed it, in words? The
 * texts are made on demand and never stored: distances and answers are the person's, and are deleted with
 * them. This file explains everything, for staff who may read decisions; whoever shows less to others decides
 * that there.
 */
import type { Label } from "../../reference/catalogue";
import { candidatesOf, type DecisionRecord, type TermsLookup } from "./decision-record";
import { type VerdictRecord } from "./outcome";
import { reasonTexts, takenText } from "./reason-texts";
import {
  answerGapText,
  capText,
  connectedText,
  distanceText,
  liftText,
  placeText,
  tooOldText,
  zoneLabel,
} from "./gap-texts";
import type { Candidate, LeadFacts, RefusalReason } from "./facts";
import { obstaclesByTerms, type Gap } from "./obstacles";

export interface Explained extends Pick<VerdictRecord, "campaignId" | "rank" | "reason" | "field"> {
  readonly supplierId: string;
  readonly seat: number | null;
  readonly text: Label;
  /** null if no change of the need, the time or a cap would have made a difference. */
  readonly change: Label | null;
}

/** In the order of the verdicts. null if the terms of a candidate no longer exist. */
export function explainDecision(
  record: DecisionRecord,
  facts: LeadFacts,
  termsOf: TermsLookup,
): Explained[] | null {
  const candidates = candidatesOf(record, termsOf);
  if (!candidates) return null;
  const byId = new Map(candidates.map((candidate) => [candidate.campaignId, candidate]));
  return record.outcome.verdicts.flatMap((verdict) => {
    const candidate = byId.get(verdict.campaignId);
    return candidate ? [explainVerdict(verdict, candidate, { facts, at: new Date(record.at) })] : [];
  });
}

interface Asked {
  readonly facts: LeadFacts;
  readonly at: Date;
}

export function explainVerdict(verdict: VerdictRecord, candidate: Candidate, asked: Asked): Explained {
  const { campaignId, rank, seat = null, reason, field } = verdict;
  return {
    ...{ campaignId, supplierId: candidate.supplierId, rank, seat, reason, field },
    text: reason === undefined ? takenText : reasonTexts[reason],
    change: changeOf(verdict, candidate, asked),
  };
}

function changeOf(verdict: VerdictRecord, candidate: Candidate, { facts, at }: Asked): Label | null {
  const { reason, cap, liftsAt } = verdict;
  if (reason === undefined) return null;
  const byTerms = obstaclesByTerms(facts, candidate, at).find((obstacle) => obstacle.reason === reason);
  if (byTerms?.gap) return gapText(byTerms.gap);
  if (reason === "TOO_OLD") {
    const hours = (at.getTime() - facts.submittedAt.getTime()) / 3_600_000;
    return tooOldText(hours, candidate.terms.maxAgeHours);
  }
  const full = cap === undefined ? undefined : candidate.terms.caps[cap];
  if (full) return capText(full, liftsAt);
  return byOthers(reason, liftsAt);
}

/** The change for reasons that concern neither the need nor a cap. */
function byOthers(reason: RefusalReason, liftsAt: string | undefined): Label | null {
  if (reason === "NOBODY_CONNECTED") return connectedText;
  return liftsAt === undefined ? null : liftText(liftsAt);
}

function gapText(gap: Gap): Label {
  switch (gap.kind) {
    case "DISTANCE":
      return distanceText(gap.km, gap.withinKm);
    case "PLACE":
      return placeText(gap.place, gap.zones);
    case "ZONE":
      return zoneLabel(gap.zone);
    case "ANSWER":
      return answerGapText(gap.asked, gap.answered);
  }
}
