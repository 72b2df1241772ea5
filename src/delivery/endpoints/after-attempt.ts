/**
 * What follows from an attempt: go on to the next event, retry later, give the event up, or pause the endpoint?
 *
 * REFUSED is about the event, not the endpoint. Such an event is given up sooner, so that one event which the receiver
 * never accepts does not delay the rest for days. Neither REFUSED nor OUR_FAULT shows that the endpoint is broken:
 * they do not open its circuit, pause it, or start the five days of failures after which it is paused.
 */
import type { EndpointPauseReason } from "../../account/feed";
import { isSpent, waitAfter, type RetryLimits } from "../../shared/retry";
import { endpointBackOff, failedEventLimits, refusedEventLimits } from "./backoff";
import type { EndpointProgress } from "./endpoint";
import type { Failure, Sent } from "./sender";

export const pausedAfterMs = 5 * 86_400_000;

export interface Attempt {
  /** The position of the event that was sent. */
  readonly position: number;
  readonly sent: Sent;
  readonly at: Date;
  /** A random number from 0 to 1. */
  readonly draw: number;
}

export interface Aftermath {
  readonly progress: EndpointProgress;
  /** The failure that made the event a dead letter; null if it is not one. */
  readonly dead: Failure | null;
  readonly pause: EndpointPauseReason | null;
}

export function afterAttempt(before: EndpointProgress, attempt: Attempt): Aftermath {
  const { sent, at, position } = attempt;
  if (sent.kind === "FAILED") return afterFailure(before, attempt, sent);
  const progress = { ...freshAt(position, at), failures: 0, failingSince: null };
  return { progress, dead: null, pause: null };
}

function afterFailure(
  before: EndpointProgress,
  { position, at, draw }: Attempt,
  failure: Failure,
): Aftermath {
  const tried = { attempts: before.attempts + 1, firstTriedAt: before.firstTriedAt ?? at };
  const isFailing = saysThatItFails(failure);
  const failures = before.failures + (isFailing ? 1 : 0);
  const isDead = isSpent(limitsOf(failure), {
    failures: tried.attempts,
    ageMs: lasted(tried.firstTriedAt, at),
  });
  const inHand = isDead
    ? { position, attempts: 0, firstTriedAt: null }
    : { position: before.position, ...tried };
  const failingSince = failingSinceAfter(before, failure, { at, isDead });
  const pace = Math.max(inHand.attempts, failures);
  // An event given up as REFUSED does not delay the next one.
  const waitMs =
    pace === 0 ? 0 : waitAfter(endpointBackOff, { failures: pace, ageMs: 0 }, { ...failure, draw });
  const nextTryAt = new Date(at.getTime() + waitMs);
  return {
    progress: { ...inHand, failures, failingSince, nextTryAt },
    dead: isDead ? failure : null,
    pause: isFailing ? pauseAfter(failure, lasted(failingSince ?? at, at)) : null,
  };
}

/**
 * When the endpoint began to fail. An event given up as REFUSED resets it: the endpoint answered every attempt, so it
 * works, and on a quiet feed the next failure may come days later and must count as the first.
 */
function failingSinceAfter(
  { failingSince }: EndpointProgress,
  failure: Failure,
  { at, isDead }: { at: Date; isDead: boolean },
): Date | null {
  if (saysThatItFails(failure)) return failingSince ?? at;
  return isAboutTheEvent(failure) && isDead ? null : failingSince;
}

const saysThatItFails = (failure: Failure): boolean =>
  !isAboutTheEvent(failure) && failure.reason !== "OUR_FAULT";

const limitsOf = (failure: Failure): RetryLimits =>
  isAboutTheEvent(failure) ? refusedEventLimits : failedEventLimits;

const isAboutTheEvent = ({ reason }: Failure): boolean => reason === "REFUSED";

function pauseAfter({ reason }: Failure, failingMs: number): EndpointPauseReason | null {
  if (reason === "GONE") return "GONE";
  return failingMs >= pausedAfterMs ? "FAILING" : null;
}

/** The progress of an endpoint at this position, before any attempt at the next event. */
export const freshAt = (position: number, at: Date): EndpointProgress => ({
  position,
  attempts: 0,
  firstTriedAt: null,
  failures: 0,
  failingSince: null,
  nextTryAt: at,
});

const lasted = (since: Date, at: Date): number => at.getTime() - since.getTime();
