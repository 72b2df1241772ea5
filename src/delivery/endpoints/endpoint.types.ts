import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { FeedKind } from "../../account/feed";
import { readLimits, type Limits as LimitsFact } from "../../access/identity";
import { Limits } from "../../access/identity/viewer.types";
import { connectionType } from "../../platform/graphql/connection";
import { Cursor, DateTime, Json } from "../../platform/graphql/scalars";
import type { Circuit as State } from "./circuit";
import type { EndpointKind as Kind, EndpointOptions, PauseReason as Reason } from "./endpoint";
import type { EndpointInput as NewEndpoint } from "./check-endpoint";
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
  @Field(() => ID, { description: "The endpoint's id." }) id: string;
  @Field(() => EndpointKind, { description: "How events reach you. It cannot be changed." }) kind: Kind;
  @Field(() => String, { description: "The name that you gave it." }) label: string;
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
  @Field(() => Int, {
    description:
      "Counts the changes of its settings, from 1. Pass it to updateEndpoint as ifVersion, so that you do not overwrite a change that you have not seen.",
  })
  version: number;
  @Field(() => DateTime, { description: "When it was created." }) createdAt: Date;
  @Field(() => EndpointStatus, { description: "Whether events are sent." }) status: EndpointView["status"];
  @Field(() => PauseReason, { nullable: true, description: "Why it is paused; null while it is active." })
  pauseReason: Reason | null;
  @Field(() => DateTime, { nullable: true, description: "When it was paused; null while it is active." })
  pausedAt: Date | null;
  @Field(() => Circuit, { description: "Whether failures hold back what is sent." }) circuit: State;
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

@ObjectType({ description: "The endpoint that was created." })
export class CreateEndpointPayload {
  @Field(() => Endpoint, { description: "The new endpoint." }) endpoint: Endpoint;
  @Field(() => String, {
    nullable: true,
    description:
      "The secret that signs messages, whsec_… Store it now: it is shown only once. It is null when you repeat the request with its idempotencyKey, and for kinds that do not sign.",
  })
  secret: string | null;
}

@ObjectType({ description: "The new secret of an endpoint." })
export class RotateEndpointSecretPayload {
  @Field(() => Endpoint, { description: "The endpoint, with `oldSecretUntil`." }) endpoint: Endpoint;
  @Field(() => String, {
    description: "The new secret, shown only once. For 24 hours messages are also signed with the old one.",
  })
  secret: string;
}

@ObjectType({ description: "The endpoint that was deleted." })
export class DeleteEndpointPayload {
  @Field(() => ID, { description: "The id that it had." }) endpointId: string;
}

const labelDescription = "A name by which you recognise the endpoint: 1 to 100 characters in one line.";
const optionsDescription =
  "Settings of the kind besides the target, at most 2,000 characters: for ADF_HTTP and ADF_MAIL `revocationEmail` (required), for ADF_HTTP also `contentType`. EMAIL takes none.";
const eventsDescription =
  "Which events are sent; null for all. An empty list is INVALID_INPUT. ADF_HTTP and ADF_MAIL always send LEAD_UPDATED and LEAD_REVOKED.";

@InputType({ description: "A new endpoint." })
export class EndpointInput {
  @Field(() => EndpointKind, {
    defaultValue: "WEBHOOK",
    description: "How events reach you. It cannot be changed later.",
  })
  kind: Kind;
  @Field(() => String, { description: labelDescription }) label: string;
  @Field(() => String, { description: targetDescription }) target: string;
  @Field(() => Json, { nullable: true, description: optionsDescription }) options?: unknown;
  @Field(() => [FeedEventType], { nullable: true, description: eventsDescription })
  events?: FeedKind[] | null;
  @Field(() => String, { nullable: true, description: documentDescription }) document?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Sends only events of campaigns of these sites. Cannot be empty, and cannot be changed later.",
  })
  siteIds?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: "Sends only events of these campaigns. Cannot be empty, and cannot be changed later.",
  })
  campaignIds?: string[] | null;
}

@InputType({
  description:
    "What changes. A field that is absent keeps its value, and null sets its default. The kind and the limits cannot be changed: create another endpoint.",
})
export class UpdateEndpointInput {
  @Field(() => String, { nullable: true, description: `${labelDescription} It has no default.` })
  label?: string | null;
  @Field(() => String, { nullable: true, description: `${targetDescription} It has no default.` })
  target?: string | null;
  @Field(() => Json, { nullable: true, description: `${optionsDescription} By default there are none.` })
  options?: unknown;
  @Field(() => [FeedEventType], { nullable: true, description: eventsDescription })
  events?: FeedKind[] | null;
  @Field(() => String, { nullable: true, description: documentDescription }) document?: string | null;
}

export function toNewEndpoint({ siteIds, campaignIds, ...input }: EndpointInput): NewEndpoint {
  const limits = { siteIds, campaignIds };
  return { ...input, limits: () => readLimits("SUPPLIER_INTEGRATION", limits) };
}

export function toEndpoint(view: EndpointView, cursor: string): Endpoint {
  const { attempts: attemptsInHand, ...rest } = view;
  return Object.assign(new Endpoint(), { ...rest, attemptsInHand, position: cursor });
}
