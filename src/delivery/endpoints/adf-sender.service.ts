/**
 * Leads as ADF, by HTTPS or by mail. ADF has words for a new lead and for nothing else, so what takes a lead or a part
 * of it away goes by mail to people, with a link to acknowledge it by.
 */
import type { FeedKind } from "../../account/feed";
import type { Outbound } from "../../platform/outbound/post";
import type { AdfWriter } from "./adf-message.service";
import { adfOptionsFault, contentTypeOf, revocationEmailOf } from "./adf-options";
import type { EndpointOptions } from "./endpoint";
import type { MailPost } from "./mail-post.service";
import type { MailText } from "./mail-text";
import { testMail } from "./mail-words";
import type { Message, Sender, Sent } from "./sender";
import { retryAfterMs, sentBy } from "./webhook";

/** Software that was given a lead knows no other way to hear that it may not be used any more. */
const takingAway: readonly FeedKind[] = ["LEAD_UPDATED", "LEAD_REVOKED"];
const spoken: ReadonlySet<FeedKind> = new Set<FeedKind>(["LEAD_MATCHED", ...takingAway]);

/** What both ways have in common: who is told what by mail. */
abstract class AdfSender {
  readonly signs = false;
  readonly speaks = (event: FeedKind): boolean => spoken.has(event);
  readonly always = takingAway;

  constructor(protected readonly post: MailPost) {}

  readonly send = async (message: Message, signal: AbortSignal): Promise<Sent> => {
    const people = revocationEmailOf(message.destination.options);
    if (message.event === null) return this.test(message, people, signal);
    if (message.event.kind === "LEAD_MATCHED") return this.deliver(message, signal);
    return this.post.tell(message, people, signal);
  };

  protected abstract deliver(message: Message, signal: AbortSignal): Promise<Sent>;

  /** To people only: a CRM would take a lead with nobody in it for a lead. */
  private async test(message: Message, to: string, signal: AbortSignal): Promise<Sent> {
    return this.post.send(message, { to, personal: false, write: () => Promise.resolve(testMail) }, signal);
  }
}

export class AdfMailSender extends AdfSender implements Sender {
  readonly kind = "ADF_MAIL";

  constructor(
    post: MailPost,
    private readonly writer: AdfWriter,
  ) {
    super(post);
  }

  readonly faultOf = (target: string, options: EndpointOptions): string | null =>
    this.post.faultOf(target) ?? adfOptionsFault(this.kind, options);

  protected async deliver(message: Message, signal: AbortSignal): Promise<Sent> {
    const write = async (): Promise<MailText | null> => {
      const text = await this.writer.write(message);
      return text === null ? null : { subject: "ADF Lead – CarAtlas", text };
    };
    return this.post.send(message, { to: message.destination.target, personal: true, write }, signal);
  }
}

/** Thrown where the letter would be written: there is nobody to write about any more. */
class Gone extends Error {}

export class AdfHttpSender extends AdfSender implements Sender {
  readonly kind = "ADF_HTTP";

  constructor(
    post: MailPost,
    private readonly writer: AdfWriter,
    private readonly outbound: Outbound,
  ) {
    super(post);
  }

  readonly faultOf = (target: string, options: EndpointOptions): string | null => {
    const { revocationEmail } = options;
    const reachable = this.post.faultOf(
      typeof revocationEmail === "string" ? revocationEmail : "nobody@example.org",
    );
    return this.outbound.faultOf(target) ?? adfOptionsFault(this.kind, options) ?? reachable;
  };

  protected async deliver(message: Message, signal: AbortSignal): Promise<Sent> {
    const { target, options } = message.destination;
    const headers = {
      "content-type": `${contentTypeOf(options)}; charset=utf-8`,
      "user-agent": "CarAtlas-ADF/1",
      // ADF itself names the lead; this names the attempt's event, as webhooks do.
      "webhook-id": message.id,
    };
    const write = async (): Promise<{ headers: Record<string, string>; body: string }> => {
      const body = await this.writer.write(message);
      if (body === null) throw new Gone();
      return { headers, body };
    };
    const answer = await this.outbound.post(target, write, signal).catch((error: unknown) => {
      if (error instanceof Gone) return null;
      throw error;
    });
    if (answer === null) return { kind: "DELIVERED", status: null };
    if (answer.kind === "FAILED") return { ...answer, status: null, retryAfterMs: null };
    return sentBy({ status: answer.status, retryAfterMs: retryAfterMs(answer.retryAfter, message.at) });
  }
}
