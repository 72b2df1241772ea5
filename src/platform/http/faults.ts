/**
 * The error responses of the HTTP server, in the same shape as GraphQL errors, so that clients parse only one
 * format. No message repeats anything from the request.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError, type ErrorCode, type ErrorDetails } from "../../shared/errors";
import { clientErrorOf } from "../graphql/client-error";
import { internal } from "../graphql/errors";
import { tooSlowMessage } from "../graphql/execute-within";
import { limits } from "../graphql/limits";
import type { Log } from "../log";

const statusOf: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
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

const messageOf = (status: number): string => messages[status] ?? "The request is not valid.";

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** The server or its database was too slow. */
export const tooSlow: Refusal = {
  status: 503,
  code: "UNAVAILABLE",
  message: tooSlowMessage,
  details: { retryAfterSeconds: 5 },
};

/** The server is overloaded. The request was not executed. */
export const overloaded: Refusal = {
  status: 503,
  code: "RATE_LIMITED",
  message: "The server is overloaded. Try again in a few seconds.",
  details: { retryAfterSeconds: 5 },
};

export function refuse(reply: FastifyReply, { status, code, message, details = {} }: Refusal): FastifyReply {
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  if (details.retryAfterSeconds !== undefined)
    void reply.header("retry-after", String(details.retryAfterSeconds));
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify({ errors: [{ message, extensions: { ...details, code } }] }));
}

/** Thrown where a request is refused with an HTTP status and words of its own. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  constructor(
    readonly status: number,
    message = messageOf(status),
  ) {
    super(message);
  }
}

export function refusalOf(error: unknown, log: Log): Refusal {
  const known = error instanceof AppError ? clientErrorOf(error) : null;
  if (known) return { status: statusOf[known.code], ...known };
  if (error instanceof HttpRefusal) return byStatus(error.status, error.message);
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode < 400 || statusCode > 499) return { status: 500, ...internal(log, error) };
  return byStatus(statusCode);
}

/** The refusal for an HTTP status such as 404 or 413. */
export function byStatus(status: number, message = messageOf(status)): Refusal {
  if (status === 404) return { status, code: "NOT_FOUND", message };
  const fault = { reason: "REQUEST_INVALID", field: null, message };
  const { message: _same, ...first } = fault;
  return { status, code: "INVALID_INPUT", message, details: { ...first, faults: [fault] } };
}

export function answerFaults(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, _request, reply) => refuse(reply, refusalOf(error, log)));
  app.setNotFoundHandler((_request: FastifyRequest, reply) => refuse(reply, byStatus(404)));
}
