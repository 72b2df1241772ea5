/** Argon2id, with the parameters that OWASP asks for at least (19 MiB, two passes). */
import { hash, verify } from "@node-rs/argon2";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
let decoy: Promise<string> | null = null;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** Takes as long when there is no hash to compare with: time must not tell which addresses are members'. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const matches = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== null && matches;
}
