/**
 * The month a row belongs to, and how an id carries it: ids are UUIDs of version 8 whose first 16
 * bits count the months since January 2000 and whose rest is random. A row that grows for ever is
 * found in its month's partition by its id alone, and the id says nothing submittedAt does not.
 */
export const monthIndexOf = (at: Date): number => (at.getUTCFullYear() - 2000) * 12 + at.getUTCMonth();

/** By the clock of UTC, as `monthIndexOf` counts. */
export const startOfMonth = (month: number): Date => new Date(Date.UTC(2000, month));

export const monthOfId = (id: string): number => Number.parseInt(id.slice(0, 4), 16);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Anything else cannot be an id of ours: it is not found, without asking the database. */
export const isId = (text: string): boolean => uuid.test(text);

/** `random` is 16 random bytes. */
export function idFrom(at: Date, random: Uint8Array): string {
  const month = monthIndexOf(at);
  const bytes = Array.from(random);
  bytes[0] = month >> 8;
  bytes[1] = month & 0xff;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
