import { codeOf } from "../platform/files";
import { randomText } from "./random";

/** The address that `create` took: this one, or one like it where somebody has it from an earlier start. */
export async function withFreeEmail(
  email: string,
  create: (email: string) => Promise<unknown>,
): Promise<string> {
  try {
    await create(email);
    return email;
  } catch (error) {
    if (codeOf(error) !== "CONFLICT") throw error;
  }
  const another = email.replace("@", `-${randomText(4)}@`);
  await create(another);
  return another;
}
