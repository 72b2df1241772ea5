/** Parses the bearer token and the language of a client's headers. It does not check the token. */
import { AppError } from "../../shared/errors";

/** The token of an Authorization value, or null when there is none. Throws when the value has another form. */
export function bearerOf(authorization: unknown): string | null {
  if (authorization === undefined || authorization === null || authorization === "") return null;
  const bearer =
    typeof authorization === "string" ? /^Bearer +(\S{1,4096}) *$/i.exec(authorization)?.[1] : null;
  if (bearer) return bearer;
  throw new AppError(
    "UNAUTHENTICATED",
    'The authorization must be the word "Bearer", a space, and your key or token.',
  );
}

export function languageOf(acceptLanguage: string | undefined): string | null {
  return /^\s*([a-z]{2})\b/i.exec(acceptLanguage ?? "")?.[1]?.toLowerCase() ?? null;
}
