/** Builds the channels by which events reach a supplier: webhooks, mails, and ADF by mail or HTTP. */
import type { Foundation } from "../../platform/foundation";
import type { Mailer } from "../../platform/mail/smtp.adapter";
import type { Outbound } from "../../platform/outbound/post";
import { AdfWriter } from "./adf-message.service";
import { AdfHttpSender, AdfMailSender } from "./adf-sender.service";
import { EndpointMailer } from "./endpoint-mailer.service";
import { EmailSender } from "./mail-sender.service";
import { RevocationTokens } from "./revocation-token.service";
import type { Sender } from "./sender";
import { WebhookSender } from "./webhook-sender.service";

export interface SendersDeps {
  readonly outbound: Outbound;
  /** null when no mail server is configured. */
  readonly mailer: Mailer | null;
  readonly supplierName: (supplierId: string) => Promise<string>;
}

export function buildSenders(
  { keys, publicUrl, log }: Foundation,
  { outbound, mailer, supplierName }: SendersDeps,
): readonly Sender[] {
  const onFault = (reason: string): void => {
    log.warn({ reason }, "the mail server could not be reached");
  };
  const tokens = new RevocationTokens(keys.tokenKey);
  const endpointMailer = new EndpointMailer({ mailer, tokens, publicUrl, onFault });
  const writer = new AdfWriter({ supplierName, publicUrl });
  return [
    new WebhookSender(outbound),
    new EmailSender(endpointMailer),
    new AdfMailSender(endpointMailer, writer),
    new AdfHttpSender(endpointMailer, writer, outbound),
  ];
}
