import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { FeedKind } from "../../account/feed";
import { readLimits, type Limits as LimitsFact } from "../../access/identity";
import { Limits } from "../../access/identity/access.types";
import { connectionType } from "../../platform/graphql/connection";
import { Cursor, DateTime, Json } from "../../platform/graphql/scalars";
import type { Circuit as State } from "./circuit";
import type { EndpointKind as Kind, EndpointOptions, PauseReason as Reason } from "./endpoint";
import type { EndpointInput as Input } from "./endpoint-input";
import { Circuit, EndpointKind, EndpointStatus, FeedEventType, PauseReason } from "./endpoint-enums.types";
import type { EndpointView } from "./endpoint-view";

const targetDescription =
  "WEBHOOK, ADF_HTTP: an https address without user, password or fragment, public and final. EMAIL, ADF_MAIL: an e-mail address.";
const documentDescription =
  "WEBHOOK: the GraphQL document that says what is sent: subscription { leadFeed { … } }, without variables. null: the body that docs/webhooks.md describes.";

@ObjectType({
  description:
    "Where your events are sent: a reader of your feed with a position of its own, in order and at least once.",
})
export class Endpoint {
  @Field(() => ID) id: string;
  @Field(() => EndpointKind) kind: Kind;
  @Field(() => String) label: string;
  @Field(() => String, { description: targetDescription }) target: string;
  @Field(() => Json, { description: "What its kind must know beside the target." }) options: EndpointOptions;
  @Field(() => [FeedEventType], { nullable: true, description: "null: all of them." })
  events: readonly FeedKind[] | null;
  @Field(() => String, { nullable: true, description: documentDescription }) document: string | null;
  @Field(() => Limits, { nullable: true, description: "null: it is sent the supplier's whole feed." })
  limits: LimitsFact | null;
  @Field(() => DateTime) createdAt: Date;
  @Field(() => EndpointStatus) status: EndpointView["status"];
  @Field(() => PauseReason, { nullable: true }) pauseReason: Reason | null;
  @Field(() => DateTime, { nullable: true }) pausedAt: Date | null;
  @Field(() => Circuit) circuit: State;
  @Field(() => Int, { description: "Attempts at the next event that failed." }) attemptsInHand: number;
  @Field(() => DateTime, {
    nullable: true,
    description: "Since then nothing was delivered. REFUSED and OUR_FAULT do not begin it.",
  })
  failingSince: Date | null;
  @Field(() => DateTime, { description: "Not before then. In the past: as soon as there is something." })
  nextTryAt: Date;
  @Field(() => Cursor, {
    description: "Everything up to here was delivered, became a dead letter, or is not sent to it.",
  })
  position: string;
  @Field(() => DateTime, {
    nullable: true,
    description: "Until then the secret before the last rotation signs, too.",
  })
  oldSecretUntil: Date | null;
}
export const EndpointConnection = connectionType(Endpoint, "Endpoint");

@ObjectType()
export class EndpointCreated {
  @Field(() => Endpoint) endpoint: Endpoint;
  @Field(() => String, {
    nullable: true,
    description:
      "What its messages are signed with, whsec_… Store it now: it is shown once, and null when you repeat the request under its idempotencyKey, or when nothing is signed.",
  })
  secret: string | null;
}

@ObjectType()
export class EndpointSecretRotated {
  @Field(() => Endpoint) endpoint: Endpoint;
  @Field(() => String, { description: "The new secret, shown once. For 24 hours the old one signs, too." })
  secret: string;
}

@InputType()
export class EndpointInput {
  @Field(() => EndpointKind, { defaultValue: "WEBHOOK" }) kind: Kind;
  @Field(() => String, { description: "What it is for, so that you know it again." }) label: string;
  @Field(() => String, { description: targetDescription }) target: string;
  @Field(() => Json, { nullable: true, description: "What its kind must know beside the target." })
  options?: unknown;
  @Field(() => [FeedEventType], {
    nullable: true,
    description:
      "Which events are sent. Left out: all. ADF_HTTP, ADF_MAIL: LEAD_UPDATED and LEAD_REVOKED in any case.",
  })
  events?: FeedKind[] | null;
  @Field(() => String, { nullable: true, description: documentDescription }) document?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: "Only events of campaigns of these sites. Never empty. Cannot be changed.",
  })
  sites?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: "Only events of these campaigns. Never empty. Cannot be changed.",
  })
  campaigns?: string[] | null;
}

export function toInput({ kind, label, target, options, events, document, ...asked }: EndpointInput): Input {
  return {
    ...{ kind, label, target, limits: readLimits("SUPPLIER_INTEGRATION", asked) },
    options: options ?? {},
    events: events ?? null,
    document: document ?? null,
  };
}

export function toEndpoint(view: EndpointView, cursor: string): Endpoint {
  const { attempts: attemptsInHand, ...rest } = view;
  return Object.assign(new Endpoint(), { ...rest, attemptsInHand, position: cursor });
}
