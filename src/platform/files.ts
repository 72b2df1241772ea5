import { access, readFile } from "node:fs/promises";

/** The text of a file, or null if there is none. Any other trouble is thrown. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The system's name for what went wrong, such as EEXIST. */
export const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;
