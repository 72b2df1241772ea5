/** Documents and the e-invoicing platform. */
import { afnorPlatform } from "../billing/dispatch/afnor.adapter";
import { FlowBook } from "../billing/dispatch/flow-book.service";
import { LifeCycleReader } from "../billing/dispatch/life-cycle.job";
import { Transmission } from "../billing/dispatch/transmission.job";
import { Transmissions } from "../billing/dispatch/transmissions.service";
import type { DocumentBook } from "../billing/documents";
import { facturX } from "../billing/documents/factur-x.adapter";
import type { Transact } from "../platform/database";
import { countSettled } from "../platform/metrics";
import type { Foundation } from "./foundation";
import type { Identity } from "./identity-services";

export function einvoicingServices(
  { config, clock, log, metrics }: Foundation,
  base: Pick<Identity, "audit"> & { readonly transact: Transact; readonly documents: DocumentBook },
) {
  const flows = new FlowBook(clock);
  const { einvoicing: settings } = config;
  const onError = (error: unknown, flowId: string): void => {
    log.warn({ err: error, flowId }, "the e-invoicing platform did not take or tell something");
  };
  const parts = { ...base, flows, clock, onError, settled: countSettled(metrics) };
  const platform = settings && afnorPlatform(settings, clock);
  return {
    transmissions: new Transmissions(parts),
    jobs: settings &&
      platform && {
        transmission: new Transmission({ ...parts, platform, facturX, since: settings.since }),
        lifeCycle: new LifeCycleReader({ ...parts, platform, since: settings.since }),
      },
  };
}
