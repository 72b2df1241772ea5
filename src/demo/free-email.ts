import { systemCodeOf } from "../platform/files";
import { randomText } from "./random";

/** Calls `create` with the address, or with a variant of it if the address is taken. Returns the one used. */
export async function withFreeEmail(
  email: string,
  create: (email: string) => Promise<unknown>,
): Promise<string> {
  try {
    await create(email);
    return email;
  } catch (error) {
    if (systemCodeOf(error) !== "CONFLICT") throw error;
  }
  const another = email.replace("@", `-${randomText(4)}@`);
  await create(another);
  return another;
}
