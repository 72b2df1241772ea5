import { registerEnumType } from "type-graphql";
import { feedKinds } from "../../account/feed";
import { circuits } from "./circuit";
import { endpointKinds, pauseReasons } from "./endpoint";
import { failureReasons } from "./sender";
import { typeNameOf } from "./webhook";

const enumOf = <T extends string>(names: readonly T[]): Record<T, T> =>
  Object.fromEntries(names.map((name) => [name, name])) as Record<T, T>;

export const EndpointKind = enumOf(endpointKinds);
registerEnumType(EndpointKind, {
  name: "EndpointKind",
  description: "How events reach you.",
  valuesConfig: {
    WEBHOOK: { description: "Signed POST requests (Standard Webhooks) to an https address." },
    EMAIL: { description: "Notices with a link and without personal data, to an e-mail address." },
    ADF_HTTP: { description: "ADF/XML documents for a dealer system, to an https address." },
    ADF_MAIL: { description: "ADF/XML documents for a dealer system, to an e-mail address." },
  },
});

export const EndpointStatus = enumOf(["ACTIVE", "PAUSED"]);
registerEnumType(EndpointStatus, {
  name: "EndpointStatus",
  description: "Whether events are sent to an endpoint.",
  valuesConfig: {
    ACTIVE: { description: "Events are sent as they occur." },
    PAUSED: { description: "Nothing is sent until resumeEndpoint. The position is kept." },
  },
});

export const PauseReason = enumOf(pauseReasons);
registerEnumType(PauseReason, {
  name: "PauseReason",
  description: "Why an endpoint is paused: BY_SUPPLIER, or a value of EndpointPauseReason.",
  valuesConfig: {
    BY_SUPPLIER: { description: "You paused it with pauseEndpoint." },
    GONE: { description: "It answered 410 Gone." },
    FAILING: { description: "Every attempt failed for five days." },
    DOCUMENT_INVALID: { description: "Its GraphQL document is no longer valid against the schema." },
  },
});

export const Circuit = enumOf(circuits);
registerEnumType(Circuit, {
  name: "Circuit",
  description: "The state of the circuit breaker of an endpoint.",
  valuesConfig: {
    CLOSED: { description: "The endpoint works: events are sent as they occur." },
    OPEN: { description: "Five consecutive attempts failed. Nothing is sent until nextTryAt." },
    HALF_OPEN: { description: "One event is sent as a probe. If it is delivered, the rest follow." },
  },
});

export const FeedEventType = enumOf(feedKinds);
registerEnumType(FeedEventType, {
  name: "FeedEventType",
  description: "The types of FeedEvent: LEAD_MATCHED stands for LeadMatched, and so on.",
  valuesConfig: Object.fromEntries(
    feedKinds.map((kind) => [kind, { description: `Stands for ${typeNameOf(kind)}.` }]),
  ),
});

export const FailureReason = enumOf(failureReasons);
registerEnumType(FailureReason, {
  name: "FailureReason",
  description: "Why an attempt failed.",
  valuesConfig: {
    NAME_NOT_FOUND: { description: "The host name has no address." },
    ADDRESS_REFUSED: { description: "The host name resolves to an address that is not public." },
    NOT_CONNECTED: {
      description: "No connection could be made: it was refused or the host cannot be reached.",
    },
    TLS_FAILED: { description: "The certificate is not valid for the host, or TLS is older than 1.2." },
    TIMED_OUT: { description: "There was no complete answer within 10 seconds." },
    CONNECTION_LOST: { description: "The connection closed before an answer arrived." },
    REDIRECTED: {
      description: "It answered with a redirect. Redirects are not followed: set the final address.",
    },
    GONE: { description: "It answered 410, so the endpoint is paused." },
    REFUSED: { description: "It answered 400, 413 or 422, which rejects this event for good." },
    OUR_FAULT: {
      description:
        "We could not create the message. Nothing was sent, and it does not count as a failure of the endpoint.",
    },
    NOT_ACCEPTED: { description: "It answered with any other status than 2xx." },
  },
});
