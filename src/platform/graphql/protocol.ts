/** Connects graphql-ws to our sessions. One instance serves all sockets of the process. */
import type { ExecutionArgs } from "graphql";
import { makeServer } from "graphql-ws";
import { refusalsOf, resultOf } from "./answers";
import { executeWithin } from "./execute-within";
import { limits } from "./limits";
import type { ExecutionRequest, Extra, Protocol, Session } from "./session";
import type { GraphQLServerParts } from "./server-parts";
import { refuseProtoKey } from "./connection-policy";

export function createProtocol<P>(parts: GraphQLServerParts<P>): Protocol<P> {
  const sessionOf = ({ extra }: { extra: Extra<P> }): Session<P> => extra.session;
  return makeServer<Record<string, unknown> | undefined, Extra<P>>({
    connectionInitWaitTimeout: limits.connectionInitMs,
    jsonMessageReviver: refuseProtoKey,
    onConnect: (context) => sessionOf(context).authenticate(context),
    onSubscribe: (context, id, payload) => sessionOf(context).read(id, payload),
    execute: (args: ExecutionArgs) => executeWithin(parts.requestMs, args),
    subscribe: (args) => (args as ExecutionRequest<P>).session.subscribe(args as ExecutionRequest<P>),
    onNext: (_context, _id, _payload, args, result) => resultOf(parts, args, result),
    onError: (_context, _id, _payload, errors) => refusalsOf(parts, errors),
    onComplete: (context, _id, payload) => sessionOf(context).complete(payload),
  });
}
