/** What tells suppliers by mail, and what their answers by link come back to. */
import { wholeOf } from "../access/identity";
import { AdfWriter } from "../delivery/endpoints/adf-message.service";
import { AdfHttpSender, AdfMailSender } from "../delivery/endpoints/adf-sender.service";
import { MailPost } from "../delivery/endpoints/mail-post.service";
import { EmailSender } from "../delivery/endpoints/mail-sender.service";
import { RevocationLinks, type RevocationLinksDeps } from "../delivery/endpoints/revocation-links.service";
import { RevocationTokens } from "../delivery/endpoints/revocation-token.service";
import type { Sender } from "../delivery/endpoints/sender";
import type { Transact } from "../platform/database";
import { Mailer } from "../platform/mail/smtp.adapter";
import type { Outbound } from "../platform/outbound/post";
import { SupplierBook } from "../account/suppliers/supplier-book.service";
import type { Foundation } from "./foundation";

export interface MailParts {
  readonly transact: Transact;
  readonly outbound: Outbound;
  /** A certificate authority beside those that Node knows, PEM. */
  readonly ca: string | null;
}

export function mailSenders(
  foundation: Foundation,
  { transact, outbound, ca }: MailParts,
): readonly Sender[] {
  const { keys, publicUrl, log } = foundation;
  const book = new SupplierBook();
  const supplierName = async (supplierId: string): Promise<string> =>
    (await transact(wholeOf(supplierId), (tx) => book.one(tx, supplierId))).name;
  const onFault = (reason: string): void => {
    log.warn({ reason }, "the mail server took no mail");
  };
  const tokens = new RevocationTokens(keys.tokenKey);
  const post = new MailPost({ mailer: mailerOf(foundation, ca), tokens, publicUrl, onFault });
  const writer = new AdfWriter({ supplierName, publicUrl });
  return [new EmailSender(post), new AdfMailSender(post, writer), new AdfHttpSender(post, writer, outbound)];
}

export function mailerOf({ config: { mail, nodeEnv } }: Foundation, ca: string | null): Mailer | null {
  return mail && new Mailer({ ...mail, ca, plainAllowed: nodeEnv !== "production" });
}

export const revocationLinks = (
  { keys, clock }: Foundation,
  parts: Omit<RevocationLinksDeps, "tokens" | "clock">,
): RevocationLinks => new RevocationLinks({ ...parts, clock, tokens: new RevocationTokens(keys.tokenKey) });
