/** A file that comes from the server in parts, each asked for when the one before it is written. */
import { open } from "node:fs/promises";

export interface FilePart {
  /** The line above all others. */
  readonly header: string;
  readonly lines: readonly string[];
  /** Where the next part begins; null: it was the last. */
  readonly after: string | null;
}

/** Answers how many lines it has below the header. */
export async function writeParts<T extends FilePart>(
  ask: (after: string | null) => Promise<T>,
  { nameOf, encode }: { nameOf: (first: T) => string; encode: (text: string) => Uint8Array },
): Promise<{ name: string; count: number }> {
  let part = await ask(null);
  const name = nameOf(part);
  const file = await open(name, "w");
  let count = 0;
  try {
    await file.write(encode(`${part.header}\r\n`));
    for (;;) {
      await file.write(encode([...part.lines, ""].join("\r\n")));
      count += part.lines.length;
      if (part.after === null) break;
      part = await ask(part.after);
    }
  } finally {
    await file.close();
  }
  return { name, count };
}
