/**
 * Makes a given number of requests a minute, with an occasional outcome or withdrawal. An error in one request does
 * not stop the next. Aborting the API's signal stops all of them at once.
 */
import { pause } from "../platform/clock";
import { randomInt } from "../platform/random";
import { reportOutcome, withdraw } from "./aftermath";
import type { Api } from "./api";
import type { DemoFile } from "./demo-file";
import { travel, type JourneyOptions, type DemoRequest } from "./journey";
import { chance, pickOne } from "./random";
import type { References } from "./references";

export interface TrafficOptions {
  readonly api: Api;
  readonly demo: DemoFile;
  readonly perMinute: number;
  readonly references: References;
  readonly say: (line: string) => void;
  readonly onError: (error: unknown) => void;
}

/** The first request comes from Lyon, because the terminal shows the feed of a supplier there. */
const firstPostcode = "69003";
const mostAtOnce = 8;
const mostRemembered = 50;
const outcomePercent = 30;
const withdrawalPercent = 12;

export class Traffic {
  private readonly underWay = new Set<Promise<void>>();
  /** Confirmed requests that may still be withdrawn. */
  private readonly requests: DemoRequest[] = [];

  constructor(private readonly options: TrafficOptions) {}

  /** Makes traffic until the API's signal aborts, and resolves when no request is pending. */
  async run(): Promise<void> {
    const { api, perMinute } = this.options;
    if (perMinute === 0) return;
    const intervalMs = 60_000 / perMinute;
    for (let isFirst = true; !api.signal.aborted; isFirst = false) {
      if (this.underWay.size < mostAtOnce) this.begin(this.turn(isFirst));
      await pause(intervalMs * (0.7 + randomInt(600) / 1_000), api.signal);
    }
    await Promise.all(this.underWay);
  }

  private begin(work: Promise<void>): void {
    const { api, onError } = this.options;
    const watched = work
      .catch((error: unknown) => {
        if (!api.signal.aborted) onError(error);
      })
      .finally(() => this.underWay.delete(watched));
    this.underWay.add(watched);
  }

  private async turn(isFirst: boolean): Promise<void> {
    const { demo } = this.options;
    const earlier = this.requests.length;
    const request = await travel(this.journey(isFirst));
    if (request) this.requests.push(request);
    if (this.requests.length > mostRemembered) this.requests.shift();
    if (!isFirst && demo.suppliers.length > 0 && chance(outcomePercent)) {
      await reportOutcome(this.options, pickOne(demo.suppliers));
    }
    if (earlier > 0 && chance(withdrawalPercent)) await this.withdrawOne();
  }

  private journey(isFirst: boolean): JourneyOptions {
    const { demo } = this.options;
    const [first] = demo.suppliers;
    const journey = { ...this.options, formKey: demo.formKey };
    return isFirst && first
      ? { ...journey, only: { postcode: firstPostcode, supplierId: first.id } }
      : journey;
  }

  private async withdrawOne(): Promise<void> {
    const [request] = this.requests.splice(randomInt(this.requests.length), 1);
    if (request) await withdraw(this.options, request);
  }
}
