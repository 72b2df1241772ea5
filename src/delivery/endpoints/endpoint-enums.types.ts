import { registerEnumType } from "type-graphql";
import { feedKinds } from "../../account/feed";
import { circuits } from "./circuit";
import { endpointKinds, pauseReasons } from "./endpoint";
import { failureReasons } from "./sender";

const enumOf = <T extends string>(names: readonly T[]): Record<T, T> =>
  Object.fromEntries(names.map((name) => [name, name])) as Record<T, T>;

export const EndpointKind = enumOf(endpointKinds);
registerEnumType(EndpointKind, {
  name: "EndpointKind",
  description: "How events reach you.",
  valuesConfig: {
    WEBHOOK: { description: "An https address of yours, by signed POST (Standard Webhooks)." },
    EMAIL: { description: "An e-mail address: a notice with a link, without the person." },
    ADF_HTTP: { description: "An https address of a dealer system that reads ADF/XML." },
    ADF_MAIL: { description: "An e-mail address of a dealer system that reads ADF/XML." },
  },
});

export const EndpointStatus = enumOf(["ACTIVE", "PAUSED"]);
registerEnumType(EndpointStatus, { name: "EndpointStatus" });

export const PauseReason = enumOf(pauseReasons);
registerEnumType(PauseReason, {
  name: "PauseReason",
  description: "Why an endpoint is paused: by you, or as EndpointPauseReason says.",
});

export const Circuit = enumOf(circuits);
registerEnumType(Circuit, {
  name: "Circuit",
  description: "Whether we believe that an endpoint works.",
  valuesConfig: {
    CLOSED: { description: "It does: events are sent as they come." },
    OPEN: { description: "Five attempts in a row failed: nothing is sent until nextTryAt." },
    HALF_OPEN: { description: "One event is sent as a probe. Taken, the rest follows." },
  },
});

export const FeedEventType = enumOf(feedKinds);
registerEnumType(FeedEventType, {
  name: "FeedEventType",
  description: "The types of FeedEvent: LEAD_MATCHED is LeadMatched.",
});

export const FailureReason = enumOf(failureReasons);
registerEnumType(FailureReason, {
  name: "FailureReason",
  description: "Why an attempt failed.",
  valuesConfig: {
    NAME_NOT_FOUND: { description: "The host name has no address." },
    ADDRESS_REFUSED: { description: "An address of the host is private, local or otherwise not public." },
    NOT_CONNECTED: { description: "Nobody listens there, or no way leads there." },
    TLS_FAILED: { description: "The certificate is not valid for the host, or TLS is older than 1.2." },
    TIMED_OUT: { description: "No answer within 10 seconds, everything included." },
    CONNECTION_LOST: { description: "The connection ended before an answer." },
    REDIRECTED: {
      description: "It answered with a redirect, which is not followed. Give its final address.",
    },
    GONE: { description: "It answered 410: the endpoint is paused." },
    REFUSED: { description: "It answered 400, 413 or 422: it will not take this event." },
    OUR_FAULT: {
      description:
        "We could not write the message: nothing was sent, and nothing is held against the endpoint.",
    },
    NOT_ACCEPTED: { description: "It answered with another status than 2xx." },
  },
});
