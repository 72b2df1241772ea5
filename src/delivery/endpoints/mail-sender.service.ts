/** Sends events as e-mail notices: what happened and a link, without personal data. */
import type { MailPost } from "./mail-post.service";
import { testMail } from "./mail-words";
import type { EndpointOptions } from "./endpoint";
import type { Message, Sender, Sent } from "./sender";

export class EmailSender implements Sender {
  readonly kind = "EMAIL";
  readonly signs = false;
  readonly speaks = (): boolean => true;
  readonly always = [];

  constructor(private readonly post: MailPost) {}

  readonly faultOf = (target: string, options: EndpointOptions): string | null =>
    Object.keys(options).length > 0 ? "an e-mail endpoint takes no options" : this.post.faultOf(target);

  readonly send = async (message: Message, signal: AbortSignal): Promise<Sent> => {
    const { target: to } = message.destination;
    if (message.event !== null) return this.post.tell(message, to, signal);
    return this.post.send(message, { to, personal: false, write: () => Promise.resolve(testMail) }, signal);
  };
}
