/**
 * The format of bearer tokens. The prefix tells the kind of token before anything is looked up, and lets secret
 * scanners recognise a leaked token. The rest cannot be guessed.
 */
import type { Role } from "./principal";

export type TokenKind = "KEY" | "SESSION" | "PERSON";

const prefixes = { SESSION: "ca_session_", PERSON: "ca_person_" } as const;
const bearer = /^ca_[a-z_]+_[A-Za-z0-9._-]{16,500}$/;

/** Sandbox keys have a prefix of their own, so that they cannot be confused with live keys. */
export const keyPrefixOf = (role: Role, sandbox = false): string =>
  `ca_${sandbox ? "sandbox_" : ""}${role.toLowerCase()}_`;

export const sessionPrefix: string = prefixes.SESSION;

/** Returns null for anything that is not one of our tokens. */
export function tokenKindOf(token: string): TokenKind | null {
  if (!bearer.test(token)) return null;
  if (token.startsWith(prefixes.SESSION)) return "SESSION";
  return token.startsWith(prefixes.PERSON) ? "PERSON" : "KEY";
}
