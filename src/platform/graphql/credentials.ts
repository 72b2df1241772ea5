/** Reads what a client says about itself: its bearer and its language. Whether the bearer is good is not asked here. */
import { AppError } from "../../shared/errors";

/** The bearer in an Authorization value; null when there is none. Throws when it is something else. */
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
