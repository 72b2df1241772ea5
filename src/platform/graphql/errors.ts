/**
 * Formats errors for clients, the same for every transport. A caller's mistake keeps its code and message;
 * anything else becomes INTERNAL with an id under which the log has the details.
 */
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { describeError, type Log } from "../log";
import { randomUUID } from "../random";
import { clientErrorOf, rootCauseOf, type ClientError } from "./client-error";

export type FormatError = (error: unknown) => GraphQLFormattedError;

export interface FormatterOptions {
  readonly log: Log;
  /** Whether messages may suggest names of the schema for a misspelt one ("Did you mean …"). */
  readonly suggestions: boolean;
}

export function errorFormatter({ log, suggestions }: FormatterOptions): FormatError {
  return (error) => {
    const known = clientErrorOf(error) ?? { ...internal(log, error), details: {} };
    const { code, message, details } = suggestions ? known : withoutSuggestions(known);
    return { message, ...whereabouts(error), extensions: { ...details, code } };
  };
}

/** Removes the suggested names from the message of the error and from those of its faults. */
function withoutSuggestions<T extends Pick<ClientError, "message" | "details">>(error: T): T {
  const cut = (message: string): string => message.replace(/ Did you mean [\s\S]*$/, "");
  const { faults } = error.details;
  const details = faults
    ? { ...error.details, faults: faults.map((fault) => ({ ...fault, message: cut(fault.message) })) }
    : error.details;
  return { ...error, message: cut(error.message), details };
}

function whereabouts(error: unknown): Pick<GraphQLFormattedError, "locations" | "path"> {
  if (!(error instanceof GraphQLError)) return {};
  const { locations, path } = error;
  return { ...(locations && { locations }), ...(path && { path }) };
}

/** Logs the error under a new id and returns what the client may see: a message with that id. */
export function internal(log: Log, error: unknown): { code: "INTERNAL"; message: string } {
  const errorId = randomUUID();
  log.error(
    { errorId, err: describeError(rootCauseOf(error)) },
    "Something failed that is not the caller's mistake",
  );
  return { code: "INTERNAL", message: `Something went wrong on our side. Quote this id: ${errorId}` };
}

export const errorCodeOf = (error: GraphQLFormattedError | undefined): string =>
  typeof error?.extensions?.["code"] === "string" ? error.extensions["code"] : "OK";
