/** Hashes passwords with Argon2id at the minimum parameters recommended by OWASP (19 MiB, two passes). */
import { hash, verify } from "@node-rs/argon2";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
let decoy: Promise<string> | null = null;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFC"), cost);

/**
 * Compares the password in composed characters (NFC), as it is stored, and then as it was typed, as it was stored
 * before. Takes equally long without a hash, so that the response time does not reveal which addresses exist.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const compared = passwordHash ?? (await decoy);
  const ways = new Set([password.normalize("NFC"), password]);
  for (const way of ways) if (await verify(compared, way)) return passwordHash !== null;
  return false;
}
