/**
 * The only source of randomness: every other file imports it from here, so that one place decides where random
 * bytes come from. Hashing, ciphers and key pairs come from node:crypto directly.
 */
export { randomBytes, randomInt, randomUUID } from "node:crypto";

/** At least 0 and below 1, for shuffling and jitter. Predictable, so never for a secret. */
export const randomFraction = (): number => Math.random();
