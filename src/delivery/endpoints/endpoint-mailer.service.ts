/** Sends mails for endpoints. Shared by the senders of the kinds EMAIL, ADF_MAIL and ADF_HTTP. */
import type { MailAnswer, Mailer } from "../../platform/mail/smtp.adapter";
import { mailAddressFault } from "../../shared/mail-address";
import { mailDocument, mailEventOf } from "./mail-events";
import type { MailLinks, MailText } from "./mail-text";
import { eventMailOf } from "./mail-words";
import type { RevocationTokens } from "./revocation-token.service";
import type { Message, Sent } from "./sender";

export interface EndpointMailerDeps {
  /** null when no mail server is configured. */
  readonly mailer: Mailer | null;
  readonly tokens: RevocationTokens;
  readonly publicUrl: () => string;
  /** Called with failures of our own mail server, which affect every mail. */
  readonly onFault: (reason: string) => void;
}

export interface Outgoing {
  readonly to: string;
  readonly personal: boolean;
  /** Called once the connection is open; null when there is nothing left to send. */
  readonly write: () => Promise<MailText | null>;
}

const linkDaysAfterDeadline = 30;
/** Failures to reach our own mail server, as opposed to failures of one mail. */
const ours: ReadonlySet<string> = new Set(["NAME_NOT_FOUND", "NOT_CONNECTED", "TLS_FAILED", "TIMED_OUT"]);

export class EndpointMailer {
  constructor(private readonly deps: EndpointMailerDeps) {}

  faultOf(address: string): string | null {
    if (this.deps.mailer === null) return "no mail server is configured here, so no mail can be sent";
    return mailAddressFault(address);
  }

  /** Sends a notice without personal data: what happened, and a link. */
  async sendNotice(message: Message, to: string, signal: AbortSignal): Promise<Sent> {
    const write = async (): Promise<MailText | null> =>
      eventMailOf(mailEventOf(await message.render(mailDocument)), this.linksOf(message));
    return this.send(message, { to, personal: false, write }, signal);
  }

  async send({ id }: Message, { to, personal, write }: Outgoing, signal: AbortSignal): Promise<Sent> {
    const { mailer, onFault } = this.deps;
    if (mailer === null) return failed("NOT_CONNECTED", null);
    const answer = await mailer.send({ to, id, personal }, write, signal);
    if (answer.kind === "FAILED" && ours.has(answer.reason)) onFault(answer.reason);
    return sentBy(answer);
  }

  private linksOf({ destination: { id: endpointId, supplierId } }: Message): MailLinks {
    const { publicUrl, tokens } = this.deps;
    return {
      lead: (leadId) => `${publicUrl()}/demande-recue#${leadId}`,
      acknowledge: (leadId, acknowledgeBy) => {
        const expiresAt = new Date(acknowledgeBy.getTime() + linkDaysAfterDeadline * 86_400_000);
        return `${publicUrl()}/retrait#${tokens.write({ endpointId, supplierId, leadId, expiresAt })}`;
      },
    };
  }
}

const failed = (reason: Extract<Sent, { kind: "FAILED" }>["reason"], status: number | null): Sent => ({
  kind: "FAILED",
  reason,
  status,
  retryAfterMs: null,
});

/** A mail that was no longer needed counts as delivered, without a status. */
const sentBy = (answer: MailAnswer): Sent =>
  answer.kind === "FAILED"
    ? failed(answer.reason, answer.status)
    : { kind: "DELIVERED", status: answer.kind === "ACCEPTED" ? answer.status : null };
