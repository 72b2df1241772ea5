/**
 * What an attempt means for its endpoint: go on to the next event, try again later, give the event up, or stop.
 *
 * A REFUSED is about the event, not about the endpoint: it is given up sooner, so that one event which the receiver
 * will never take does not hold back the rest for days. Neither it nor a fault of our own says that the endpoint does
 * not work: they open no circuit, pause nothing, and do not begin the days after which it is paused.
 */
import type { EndpointPauseReason } from "../../account/feed";
import { waitAfter } from "./backoff";
import type { Progress } from "./endpoint";
import type { Failure, Sent } from "./sender";

const dayMs = 86_400_000;
export const givenUpAfterMs = 3 * dayMs;
export const refusedAtMost = 6;
export const pausedAfterMs = 5 * dayMs;

export interface Attempt {
  /** Of the event that was sent. */
  readonly position: number;
  readonly sent: Sent;
  readonly at: Date;
  /** From 0 to 1. */
  readonly draw: number;
}

export interface Aftermath {
  readonly progress: Progress;
  /** The failure that made a dead letter of the event. */
  readonly dead: Failure | null;
  readonly pause: EndpointPauseReason | null;
}

export function afterAttempt(before: Progress, attempt: Attempt): Aftermath {
  const { sent, at, position } = attempt;
  if (sent.kind === "FAILED") return afterFailure(before, attempt, sent);
  const progress = { ...freshAt(position, at), failures: 0, failingSince: null };
  return { progress, dead: null, pause: null };
}

function afterFailure(before: Progress, { position, at, draw }: Attempt, failure: Failure): Aftermath {
  const tried = { attempts: before.attempts + 1, firstTriedAt: before.firstTriedAt ?? at };
  const isFailing = saysThatItFails(failure);
  const failures = before.failures + (isFailing ? 1 : 0);
  const isDead = isGivenUp(failure, tried.attempts, lasted(tried.firstTriedAt, at));
  const inHand = isDead
    ? { position, attempts: 0, firstTriedAt: null }
    : { position: before.position, ...tried };
  const failingSince = failingSinceAfter(before, failure, { at, isDead });
  const pace = Math.max(inHand.attempts, failures);
  // What was refused for good says nothing against what comes behind it.
  const waitMs = pace === 0 ? 0 : waitAfter(pace, draw, failure.retryAfterMs);
  const nextTryAt = new Date(at.getTime() + waitMs);
  return {
    progress: { ...inHand, failures, failingSince, nextTryAt },
    dead: isDead ? failure : null,
    pause: isFailing ? pauseAfter(failure, lasted(failingSince ?? at, at)) : null,
  };
}

/** It answered to the end, so it works. On a quiet feed the next failure may be days away, and is the first again. */
function failingSinceAfter(
  { failingSince }: Progress,
  failure: Failure,
  { at, isDead }: { at: Date; isDead: boolean },
): Date | null {
  if (saysThatItFails(failure)) return failingSince ?? at;
  return isAboutTheEvent(failure) && isDead ? null : failingSince;
}

const saysThatItFails = (failure: Failure): boolean =>
  !isAboutTheEvent(failure) && failure.reason !== "OUR_FAULT";

const isAboutTheEvent = ({ reason }: Failure): boolean => reason === "REFUSED";

const isGivenUp = (failure: Failure, attempts: number, triedForMs: number): boolean =>
  isAboutTheEvent(failure) ? attempts >= refusedAtMost : triedForMs >= givenUpAfterMs;

function pauseAfter({ reason }: Failure, failingMs: number): EndpointPauseReason | null {
  if (reason === "GONE") return "GONE";
  return failingMs >= pausedAfterMs ? "FAILING" : null;
}

/** At this position, with no attempt yet at what follows. */
export const freshAt = (position: number, at: Date): Progress => ({
  position,
  attempts: 0,
  firstTriedAt: null,
  failures: 0,
  failingSince: null,
  nextTryAt: at,
});

const lasted = (since: Date, at: Date): number => at.getTime() - since.getTime();
