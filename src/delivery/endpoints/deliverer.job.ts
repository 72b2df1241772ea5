/**
 * Runs in every server process and sends to the endpoints that are due: those whose position is behind their
 * supplier's feed and whose next attempt is due. The rows alone decide that; a hint only makes the job look sooner.
 *
 * Endpoints whose last attempt failed have slots of their own, so that hanging endpoints cannot take the slots of
 * working ones. No supplier gets more than a quarter of either.
 */
import { after, cancel, type Clock } from "../../platform/clock";
import { repeat, type Repeated } from "../../platform/every";
import type { Hints } from "../../platform/hints";
import { feedsTopic } from "../../account/feed";
import type { EndpointEntity } from "./endpoint.entity";
import type { Leases } from "./leases.service";
import type { Pipeline } from "./pipeline.service";

export interface DelivererDeps {
  readonly clock: Clock;
  readonly leases: Leases;
  readonly pipeline: Pipeline;
  readonly hints: Hints;
  readonly onError: (error: unknown) => void;
}

const atOnce = { working: 24, failing: 8 };
const ofOneSupplier = 1 / 4;
const sweepMs = 1_000;
/** Feeds may grow hundreds of times a second. Sweeping that often would slow down the transactions that fill them. */
const sweepAtMostEveryMs = 25;
/** How long running attempts may take to finish when the server stops. Later ones are repeated by another process. */
const graceMs = 3_000;

type Kind = keyof typeof atOnce;

export class Deliverer {
  private readonly running = {
    working: new Map<EndpointEntity, Promise<void>>(),
    failing: new Map<EndpointEntity, Promise<void>>(),
  };
  private readonly ending = new AbortController();
  private repeated: readonly Repeated[] = [];
  private stopped = false;
  private looks = 0;
  private lookAgain: () => void = () => undefined;

  constructor(private readonly deps: DelivererDeps) {}

  start(): void {
    const { clock, onError, leases } = this.deps;
    this.repeated = [
      repeat((signal) => this.sweep(signal), { clock, pauseMs: sweepAtMostEveryMs, onError }),
      repeat(() => this.renew(), { clock, pauseMs: leases.renewEveryMs, onError }),
    ];
  }

  /** Claims no more endpoints, lets running attempts finish, and leaves the rest to other processes. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.lookAgain();
    const timer = after(graceMs, () => this.ending.abort());
    await Promise.all([...this.running.working.values(), ...this.running.failing.values()]);
    cancel(timer);
    await Promise.all(this.repeated.map((one) => one.stop()));
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    const { hints } = this.deps;
    const seen = hints.version(feedsTopic);
    const looks = this.looks;
    try {
      if (!this.stopped) await Promise.all([this.fill("working"), this.fill("failing")]);
    } finally {
      // An error must not turn the sweep into a busy loop.
      if (this.looks === looks) await this.wait(seen, signal);
    }
  }

  /** Waits until a feed grows, an endpoint is released, or the sweep interval has passed. */
  private async wait(seen: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const waiting = new AbortController();
    const end = (): void => waiting.abort();
    this.lookAgain = end;
    signal.addEventListener("abort", end, { once: true });
    await this.deps.hints.changed(feedsTopic, seen, { signal: waiting.signal, backstopMs: sweepMs });
    signal.removeEventListener("abort", end);
  }

  private async fill(kind: Kind): Promise<void> {
    const running = this.running[kind];
    const free = atOnce[kind] - running.size;
    if (free === 0) return;
    const taken = [...running.keys()].map(({ supplierId }) => supplierId);
    const wanted = { free, failing: kind === "failing", each: atOnce[kind] * ofOneSupplier, taken };
    for (const row of await this.deps.leases.claim(wanted)) {
      const run = this.send(row).finally(() => {
        running.delete(row);
        this.looks += 1;
        this.lookAgain();
      });
      running.set(row, run);
    }
  }

  private async send(row: EndpointEntity): Promise<void> {
    await this.deps.pipeline.run(row, this.ending.signal).catch(this.deps.onError);
  }

  private async renew(): Promise<void> {
    const held = [...this.running.working.keys(), ...this.running.failing.keys()];
    if (held.length > 0) await this.deps.leases.renew(held);
  }
}
