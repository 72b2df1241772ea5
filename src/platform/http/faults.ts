/**
 * The error responses of the HTTP server, in the same shape as GraphQL errors, so that clients parse only one
 * format. No message repeats anything from the request.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError, type ErrorCode } from "../../shared/errors";
import { internal } from "../graphql/errors";
import { limits } from "../graphql/limits";
import type { Log } from "../log";

const statusOf: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
};

const kilobytes = limits.bodyBytes / 1024;

const messages: Readonly<Record<number, string>> = {
  400: 'The body is not readable. Send valid JSON such as { "query": "{ __typename }" } and a correct Content-Length.',
  404: "There is nothing at this address.",
  405: "This method does not work here. GraphQL requests are sent with POST.",
  406: "Only event streams are served here. Send the header Accept: text/event-stream.",
  408: "The body did not arrive whole in time. Send it again, with a correct Content-Length.",
  413: `The body is larger than ${kilobytes} kB. Send less at once.`,
  414: "The address is too long.",
  415: "Send JSON, with the header Content-Type: application/json.",
};

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The server was too slow, so the code is INTERNAL. */
export const tooSlow: Refusal = {
  status: 503,
  code: "INTERNAL",
  message:
    "This took too long and was given up. It may still have been carried out: ask again, with the same idempotencyKey.",
};

/** The server is overloaded. The request was not executed. */
export const overloaded: Refusal = {
  status: 503,
  code: "RATE_LIMITED",
  message: "The server is overloaded. Try again in a few seconds.",
};

export function refuse(reply: FastifyReply, { status, code, message }: Refusal): FastifyReply {
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  if (code === overloaded.code && status === overloaded.status) void reply.header("retry-after", "5");
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

export function refusalOf(error: unknown, log: Log): Refusal {
  if (error instanceof AppError) {
    return { status: statusOf[error.code], code: error.code, message: error.message };
  }
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode < 400 || statusCode > 499) return { status: 500, ...internal(log, error) };
  return byStatus(statusCode);
}

/** The refusal for an HTTP status such as 404 or 413. */
export function byStatus(status: number): Refusal {
  const message = messages[status] ?? "The request is not valid.";
  return { status, code: status === 404 ? "NOT_FOUND" : "INVALID_INPUT", message };
}

export function answerFaults(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, _request, reply) => refuse(reply, refusalOf(error, log)));
  app.setNotFoundHandler((_request: FastifyRequest, reply) => refuse(reply, byStatus(404)));
}
