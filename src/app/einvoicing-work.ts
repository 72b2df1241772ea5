/** What sends documents to the e-invoicing platform and asks it for news. */
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const pauseMs = 10_000;

export function workOnEinvoices(
  { einvoicing: { jobs } }: Services,
  { log }: Foundation,
): readonly Repeated[] {
  if (jobs === null) return [];
  const work = async (): Promise<void> => {
    await jobs.transmission.run();
    await jobs.lifeCycle.run();
  };
  const onError = (error: unknown): void => {
    log.error({ err: error }, "the work with the e-invoicing platform stopped; it will be taken up again");
  };
  return [repeat(work, { pauseMs, onError })];
}
