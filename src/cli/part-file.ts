/** Downloads a file from the server in parts. Each part is requested once the previous one is written. */
import { open } from "node:fs/promises";

export interface FilePart {
  /** The header line. */
  readonly header: string;
  readonly lines: readonly string[];
  /** The cursor of the next part; null after the last part. */
  readonly after: string | null;
}

/** Returns the number of lines written, without the header. */
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
