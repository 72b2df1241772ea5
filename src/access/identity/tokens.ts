/**
 * What a bearer token looks like. Its prefix tells its kind before anything is looked up, so a leaked token can be
 * recognised and nothing else is mistaken for one. The rest cannot be guessed.
 */
import type { Role } from "./principal";

export type TokenKind = "KEY" | "SESSION" | "PERSON";

const prefixes = { SESSION: "ca_session_", PERSON: "ca_person_" } as const;
const bearer = /^ca_[a-z_]+_[A-Za-z0-9._-]{16,500}$/;

/** A sandbox's key differs from a live one wherever it is written down. */
export const keyPrefixOf = (role: Role, sandbox = false): string =>
  `ca_${sandbox ? "sandbox_" : ""}${role.toLowerCase()}_`;

export const sessionPrefix: string = prefixes.SESSION;

/** Null when it is not one of our tokens. */
export function tokenKindOf(token: string): TokenKind | null {
  if (!bearer.test(token)) return null;
  if (token.startsWith(prefixes.SESSION)) return "SESSION";
  return token.startsWith(prefixes.PERSON) ? "PERSON" : "KEY";
}
