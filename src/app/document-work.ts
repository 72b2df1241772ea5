/** What sends documents by mail and to the e-invoicing platform, and asks the platform for news. */
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const pauseMs = 10_000;

export function workOnDocuments(
  { sending, einvoicing }: Services,
  { clock, log }: Foundation,
): readonly Repeated[] {
  const onError = (error: unknown): void => {
    log.error({ err: error }, "sending documents stopped; it will be taken up again");
  };
  const mail = async (signal: AbortSignal): Promise<void> => {
    await sending.job?.run(signal);
  };
  const platform = async (signal: AbortSignal): Promise<void> => {
    await einvoicing.jobs?.transmission.run(signal);
    await einvoicing.jobs?.lifeCycle.run();
  };
  return [
    ...(sending.job ? [repeat(mail, { clock, pauseMs, onError })] : []),
    ...(einvoicing.jobs ? [repeat(platform, { clock, pauseMs, onError })] : []),
  ];
}
