/** Sends events as e-mail notices: what happened and a link, without personal data. */
import type { EndpointMailer } from "./endpoint-mailer.service";
import { testMail } from "./mail-words";
import type { EndpointOptions } from "./endpoint";
import type { Message, Sender, Sent } from "./sender";

export class EmailSender implements Sender {
  readonly kind = "EMAIL";
  readonly signs = false;
  readonly supports = (): boolean => true;
  readonly mandatory = [];

  constructor(private readonly mailer: EndpointMailer) {}

  readonly targetFault = (target: string): string | null => this.mailer.faultOf(target);
  readonly optionsFault = (options: EndpointOptions): string | null =>
    Object.keys(options).length > 0 ? "options: an e-mail endpoint takes no options" : null;

  readonly send = async (message: Message, signal: AbortSignal): Promise<Sent> => {
    const { target: to } = message.destination;
    if (message.event !== null) return this.mailer.sendNotice(message, to, signal);
    return this.mailer.send(message, { to, personal: false, write: () => Promise.resolve(testMail) }, signal);
  };
}
