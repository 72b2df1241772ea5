/** Wires the geography: the centroids of communes, reloaded after each import, and the address base. */
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module } from "../../platform/module";
import { addressBaseAt, noAddressBase, type AddressBase } from "./address-base.adapter";
import { Centroids, centroidsTopic } from "./centroids.service";
import { readCommunes } from "./communes.adapter";
import { GeoResolver } from "./geo.resolver";

export interface GeoServices {
  readonly centroids: Centroids;
  readonly addresses: AddressBase;
}

export interface GeoDeps {
  /** The base URL of the address base. Null disables the lookup of street addresses. */
  readonly addressApiBase: string | null;
}

export function buildGeo(foundation: Foundation, { addressApiBase }: GeoDeps): Module<GeoServices> {
  const { clock, log, transact, hints } = foundation;
  const centroids = new Centroids();
  const load = (): Promise<void> => transact({ role: "worker" }, (tx) => centroids.load(tx));
  const read = (): Promise<void> => {
    readCommunes();
    return Promise.resolve();
  };
  const follow = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(centroidsTopic);
    await load();
    await hints.changed(centroidsTopic, seen, { signal, backstopMs: 60_000 });
  };
  return {
    services: { centroids, addresses: addressBaseOf(foundation, addressApiBase) },
    prepare: [read, load],
    resolvers: [new GeoResolver()],
    // An import runs in a separate process and publishes the topic when it has finished.
    jobs: [
      repeated({
        name: "reading the centroids again",
        pauseMs: 1_000,
        level: "warn",
        clock,
        log,
        work: follow,
      }),
    ],
    healthChecks: [{ name: "centroids", now: () => ({ ok: true, text: textOf(centroids.count) }) }],
  };
}

function addressBaseOf({ log }: Foundation, base: string | null): AddressBase {
  if (base === null) return noAddressBase;
  const onFailure = (error: unknown): void => {
    log.warn({ err: error }, "the address base did not answer; the request goes on without coordinates");
  };
  return addressBaseAt({ base, onFailure });
}

const textOf = (count: number): string =>
  count > 0
    ? `${String(count)} imported`
    : "none imported: zones by circle and polygon match nobody whose exact position is not known";
