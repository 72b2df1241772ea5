/** Documents by mail; nothing is sent where no mail server is set. */
import { readFileSync } from "node:fs";
import type { DocumentBook } from "../billing/documents";
import { facturX } from "../billing/documents/factur-x.adapter";
import type { Transact } from "../platform/database";
import { countSettled } from "../platform/metrics";
import { SendingBook } from "../billing/dispatch/sending-book.service";
import { SendingService } from "../billing/dispatch/sending.service";
import { Sendings } from "../billing/dispatch/sendings.job";
import type { Foundation } from "./foundation";
import type { Identity } from "./identity-services";
import { mailerOf } from "./mail-services";

export function sendingServices(
  foundation: Foundation,
  base: Pick<Identity, "audit" | "idempotency"> & {
    readonly transact: Transact;
    readonly documents: DocumentBook;
  },
) {
  const { config, clock, log, metrics } = foundation;
  const { caFile } = config.outbound;
  const mailer = mailerOf(foundation, caFile === null ? null : readFileSync(caFile, "utf8"));
  const book = new SendingBook(clock);
  const parts = { ...base, book };
  const onError = (error: unknown, sendingId: string): void => {
    log.error({ err: error, sendingId }, "a document could not be put into a mail; it will be tried again");
  };
  return {
    ...{ book, documents: base.documents },
    service: new SendingService({ ...parts, canSend: mailer !== null }),
    job:
      mailer && new Sendings({ ...parts, mailer, facturX, clock, onError, settled: countSettled(metrics) }),
  };
}
