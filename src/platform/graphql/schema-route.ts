/** Sends the caller the part of the schema that its role can use, in production too, where introspection is off. */
import type { FastifyInstance } from "fastify";
import { AppError } from "../../shared/errors";
import type { Trusts } from "../http/client-address";
import { callerOf } from "./over-http";
import type { GraphQLServerParts } from "./server-parts";

export const schemaPath = "/schema.graphql";

export function addSchemaRoute<P>(
  app: FastifyInstance,
  parts: GraphQLServerParts<P>,
  { trusts, schemaFor }: { trusts: Trusts; schemaFor: (principal: P) => string },
): void {
  app.get(schemaPath, async (request, reply) => {
    const { principal } = await callerOf(request, parts, trusts);
    if (principal === null) throw new AppError("UNAUTHENTICATED", signInFirst);
    return reply.type("text/plain; charset=utf-8").send(schemaFor(principal));
  });
}

const signInFirst =
  "Send the header Authorization: Bearer followed by your key or token. You receive the part of the schema that your role can use.";
