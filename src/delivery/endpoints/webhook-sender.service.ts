/** Sends an event as a signed webhook. */
import type { RequestContent, Outbound } from "../../platform/outbound/post";
import type { Message, Sender, Sent } from "./sender";
import { signedHeaders } from "./signature.service";
import { bodyText, retryAfterMs, sentBy, testBody, typeNameOf } from "./webhook";
import { webhookDocument } from "./webhook-document";

export class WebhookSender implements Sender {
  readonly kind = "WEBHOOK";
  readonly signs = true;
  readonly supports = (): boolean => true;
  readonly mandatory = [];

  constructor(private readonly outbound: Outbound) {}

  readonly targetFault = (target: string): string | null => this.outbound.faultOf(target);
  readonly optionsFault = (): null => null;

  readonly send = async (message: Message, signal: AbortSignal): Promise<Sent> => {
    const answer = await this.outbound.post(message.destination.target, () => requestOf(message), signal);
    if (answer.kind === "FAILED") return { ...answer, status: null, retryAfterMs: null };
    return sentBy({ status: answer.status, retryAfterMs: retryAfterMs(answer.retryAfter, message.at) });
  };
}

async function requestOf(message: Message): Promise<RequestContent> {
  const { id, at, destination } = message;
  const body = await bodyOf(message);
  return {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "CarAtlas-Webhooks/1",
      ...signedHeaders({ id, at, body }, destination.secrets),
    },
    body,
  };
}

async function bodyOf({ event, at, destination, render }: Message): Promise<string> {
  if (event === null) return bodyText(testBody(destination.id, at));
  const { document } = destination;
  const answer = await render(document ?? webhookDocument);
  // Our own document yields the event itself; a supplier's document yields the full answer to its subscription.
  const data = document === null ? answer["leadFeed"] : answer;
  return bodyText({ type: typeNameOf(event.kind), timestamp: event.at, data });
}
