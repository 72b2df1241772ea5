/**
 * Sends leads as ADF, by HTTPS or by mail. ADF can only describe a new lead, so updates and revocations are mailed to
 * people at the supplier, a revocation with a link to acknowledge it.
 */
import type { FeedKind } from "../../account/feed";
import type { Outbound } from "../../platform/outbound/post";
import type { AdfWriter } from "./adf-message.service";
import { adfOptionsFault, contentTypeOf, revocationEmailOf } from "./adf-options";
import type { EndpointOptions } from "./endpoint";
import type { EndpointMailer } from "./endpoint-mailer.service";
import type { MailText } from "./mail-text";
import { testMail } from "./mail-words";
import type { Message, Sender, Sent } from "./sender";
import { retryAfterMs, sentBy } from "./webhook";

/** Always sent, because a supplier that receives ADF learns of a withdrawal in no other way. */
const revoking: readonly FeedKind[] = ["LEAD_UPDATED", "LEAD_REVOKED"];
const supported: ReadonlySet<FeedKind> = new Set<FeedKind>(["LEAD_MATCHED", ...revoking]);

/** The part that both channels share: which events are mailed to whom. */
abstract class AdfSender {
  readonly signs = false;
  readonly supports = (event: FeedKind): boolean => supported.has(event);
  readonly mandatory = revoking;

  constructor(protected readonly mailer: EndpointMailer) {}

  readonly send = async (message: Message, signal: AbortSignal): Promise<Sent> => {
    const people = revocationEmailOf(message.destination.options);
    if (message.event === null) return this.test(message, people, signal);
    if (message.event.kind === "LEAD_MATCHED") return this.deliver(message, signal);
    return this.mailer.sendNotice(message, people, signal);
  };

  protected abstract deliver(message: Message, signal: AbortSignal): Promise<Sent>;

  /** Mailed to people only, because a CRM would import an empty test lead as a real one. */
  private async test(message: Message, to: string, signal: AbortSignal): Promise<Sent> {
    return this.mailer.send(message, { to, personal: false, write: () => Promise.resolve(testMail) }, signal);
  }
}

export class AdfMailSender extends AdfSender implements Sender {
  readonly kind = "ADF_MAIL";

  constructor(
    mailer: EndpointMailer,
    private readonly writer: AdfWriter,
  ) {
    super(mailer);
  }

  readonly targetFault = (target: string): string | null => this.mailer.faultOf(target);
  readonly optionsFault = (options: EndpointOptions): string | null => adfOptionsFault(this.kind, options);

  protected async deliver(message: Message, signal: AbortSignal): Promise<Sent> {
    const write = async (): Promise<MailText | null> => {
      const text = await this.writer.write(message);
      return text === null ? null : { subject: "ADF Lead – CarAtlas", text };
    };
    return this.mailer.send(message, { to: message.destination.target, personal: true, write }, signal);
  }
}

/** Thrown while the request is written when the lead was revoked in the meantime. */
class LeadRevoked extends Error {}

export class AdfHttpSender extends AdfSender implements Sender {
  readonly kind = "ADF_HTTP";

  constructor(
    mailer: EndpointMailer,
    private readonly writer: AdfWriter,
    private readonly outbound: Outbound,
  ) {
    super(mailer);
  }

  readonly targetFault = (target: string): string | null => this.outbound.faultOf(target);
  readonly optionsFault = (options: EndpointOptions): string | null =>
    adfOptionsFault(this.kind, options) ?? this.mailer.faultOf(revocationEmailOf(options));

  protected async deliver(message: Message, signal: AbortSignal): Promise<Sent> {
    const { target, options } = message.destination;
    const headers = {
      "content-type": `${contentTypeOf(options)}; charset=utf-8`,
      "user-agent": "CarAtlas-ADF/1",
      // The document identifies the lead; this header identifies the event, as for webhooks.
      "webhook-id": message.id,
    };
    const write = async (): Promise<{ headers: Record<string, string>; body: string }> => {
      const body = await this.writer.write(message);
      if (body === null) throw new LeadRevoked();
      return { headers, body };
    };
    const answer = await this.outbound.post(target, write, signal).catch((error: unknown) => {
      if (error instanceof LeadRevoked) return null;
      throw error;
    });
    if (answer === null) return { kind: "DELIVERED", status: null };
    if (answer.kind === "FAILED") return { ...answer, status: null, retryAfterMs: null };
    return sentBy({ status: answer.status, retryAfterMs: retryAfterMs(answer.retryAfter, message.at) });
  }
}
