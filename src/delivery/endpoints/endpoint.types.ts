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
  "For WEBHOOK and ADF_HTTP a public https address without user, password or fragment; redirects are not followed. For EMAIL and ADF_MAIL an e-mail address.";
const documentDescription =
  "Only for WEBHOOK: the GraphQL document that selects what is sent, subscription { leadFeed { … } } without variables; null for the body described in docs/webhooks.md.";

@ObjectType({
  description:
    "A destination for your events. It follows your feed at its own position and receives events in order, each at least once.",
})
export class Endpoint {
  @Field(() => ID) id: string;
  @Field(() => EndpointKind) kind: Kind;
  @Field(() => String) label: string;
  @Field(() => String, { description: targetDescription }) target: string;
  @Field(() => Json, { description: "Settings of the kind besides the target." }) options: EndpointOptions;
  @Field(() => [FeedEventType], { nullable: true, description: "Which events are sent; null for all." })
  events: readonly FeedKind[] | null;
  @Field(() => String, { nullable: true, description: documentDescription }) document: string | null;
  @Field(() => Limits, {
    nullable: true,
    description: "The sites or campaigns whose events are sent; null for your whole feed.",
  })
  limits: LimitsFact | null;
  @Field(() => DateTime) createdAt: Date;
  @Field(() => EndpointStatus) status: EndpointView["status"];
  @Field(() => PauseReason, { nullable: true }) pauseReason: Reason | null;
  @Field(() => DateTime, { nullable: true }) pausedAt: Date | null;
  @Field(() => Circuit) circuit: State;
  @Field(() => Int, { description: "Failed attempts to send the next event." }) attemptsInHand: number;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the current series of failures began; null after a delivery. REFUSED and OUR_FAULT do not start one.",
  })
  failingSince: Date | null;
  @Field(() => DateTime, {
    description:
      "The earliest time of the next attempt. If it is in the past, the next event is sent at once.",
  })
  nextTryAt: Date;
  @Field(() => Cursor, {
    description:
      "All events up to here were delivered, became dead letters, or are not sent to this endpoint.",
  })
  position: string;
  @Field(() => DateTime, {
    nullable: true,
    description: "Until when messages are also signed with the secret before the last rotation.",
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
      "The secret that signs messages, whsec_… Store it now: it is shown only once. It is null when you repeat the request with its idempotencyKey, and for kinds that do not sign.",
  })
  secret: string | null;
}

@ObjectType()
export class EndpointSecretRotated {
  @Field(() => Endpoint) endpoint: Endpoint;
  @Field(() => String, {
    description: "The new secret, shown only once. For 24 hours messages are also signed with the old one.",
  })
  secret: string;
}

@InputType()
export class EndpointInput {
  @Field(() => EndpointKind, { defaultValue: "WEBHOOK" }) kind: Kind;
  @Field(() => String, { description: "A name by which you recognise the endpoint." }) label: string;
  @Field(() => String, { description: targetDescription }) target: string;
  @Field(() => Json, { nullable: true, description: "Settings of the kind besides the target." })
  options?: unknown;
  @Field(() => [FeedEventType], {
    nullable: true,
    description:
      "Which events are sent; all if omitted. ADF_HTTP and ADF_MAIL always send LEAD_UPDATED and LEAD_REVOKED.",
  })
  events?: FeedKind[] | null;
  @Field(() => String, { nullable: true, description: documentDescription }) document?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Sends only events of campaigns of these sites. Cannot be empty, and cannot be changed later.",
  })
  sites?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: "Sends only events of these campaigns. Cannot be empty, and cannot be changed later.",
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
