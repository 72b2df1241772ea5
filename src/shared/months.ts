/**
 * The month that a row belongs to, and how an id contains it. Ids are UUIDs of version 8: the first 16 bits count the
 * months since January 2000 and the rest is random. So a row of a table partitioned by month is found by its id alone,
 * and the id reveals nothing that submittedAt does not.
 */
export const monthIndexOf = (at: Date): number => (at.getUTCFullYear() - 2000) * 12 + at.getUTCMonth();

/** In UTC, as for `monthIndexOf`. */
export const startOfMonth = (month: number): Date => new Date(Date.UTC(2000, month));

export const monthOfId = (id: string): number => Number.parseInt(id.slice(0, 4), 16);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text can be one of our ids. Anything else counts as not found, without a query. */
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
