/** Builds the consent feature: the record of consents, signed receipts, and the route of the public key. */
import type { Foundation } from "../../platform/foundation";
import type { Module, Route } from "../../platform/module";
import { ConsentRecord } from "./consent-record.service";
import { ReceiptSigner } from "./receipt.service";

export interface ConsentServices {
  readonly consents: ConsentRecord;
  readonly receipts: ReceiptSigner;
}

export function buildConsent({ keys, publicUrl }: Foundation): Module<ConsentServices> {
  const receipts = new ReceiptSigner(keys.receiptKey, publicUrl);
  const keySet: Route = (app) => {
    app.get("/.well-known/jwks.json", async (_request, reply) => {
      void reply.header("cache-control", "public, max-age=3600");
      return receipts.publicKeys();
    });
  };
  return { services: { consents: new ConsentRecord(), receipts }, routes: [keySet] };
}
