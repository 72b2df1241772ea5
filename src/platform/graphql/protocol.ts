/** graphql-transport-ws as graphql-ws speaks it: one for the whole server, whose sockets answer for themselves. */
import type { ExecutionArgs } from "graphql";
import { makeServer } from "graphql-ws";
import { refusalsOf, resultOf } from "./answers";
import { executeWithin } from "./execute-within";
import { limits } from "./limits";
import type { Asked, Extra, Protocol, Session } from "./session";
import type { Shell } from "./shell";
import { withoutPrototypes } from "./socket-manners";

export function speak<P>(shell: Shell<P>): Protocol<P> {
  const sessionOf = ({ extra }: { extra: Extra<P> }): Session<P> => extra.session;
  return makeServer<Record<string, unknown> | undefined, Extra<P>>({
    connectionInitWaitTimeout: limits.connectionInitMs,
    jsonMessageReviver: withoutPrototypes,
    onConnect: (context) => sessionOf(context).enter(context),
    onSubscribe: (context, id, payload) => sessionOf(context).read(id, payload),
    execute: (args: ExecutionArgs) => executeWithin(limits.requestMs, args),
    subscribe: (args) => (args as Asked<P>).session.subscribe(args as Asked<P>),
    onNext: (_context, _id, _payload, args, result) => resultOf(shell, args, result),
    onError: (_context, _id, _payload, errors) => refusalsOf(shell, errors),
    onComplete: (context, _id, payload) => sessionOf(context).complete(payload),
  });
}
