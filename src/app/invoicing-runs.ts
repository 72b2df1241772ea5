/** Runs of a month's invoices are taken up where they stand, by whichever process comes first. */
import { runsTopic } from "../billing/reporting/invoice-runs.service";
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const backstopMs = 10_000;

export function runInvoices({ invoiceRunner }: Services, { clock, hints, log }: Foundation): Repeated {
  const work = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(runsTopic);
    await invoiceRunner.run(signal);
    await hints.changed(runsTopic, seen, { signal, backstopMs });
  };
  return repeat(work, {
    clock,
    pauseMs: 100,
    onError: (error) => {
      log.error({ err: error }, "an invoice run stopped; it will be taken up again");
    },
  });
}
