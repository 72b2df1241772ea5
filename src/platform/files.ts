import { access, readFile } from "node:fs/promises";

/** Reads a text file, or returns null if it does not exist. Throws any other error. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return null;
    throw error;
  }
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The system's error code, such as EEXIST. */
export const systemCodeOf = (error: unknown): string | undefined => (error as { code?: string }).code;
