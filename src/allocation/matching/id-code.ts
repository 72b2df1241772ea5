/** Encodes a UUID as its sixteen bytes. Any other id stays a string. */
export type IdCode = string | Uint8Array;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function idCode(id: string): IdCode {
  // Only our own spelling: another spelling of the same UUID would not decode to the same text.
  if (!uuid.test(id)) return id;
  const digits = id.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, index) => parseInt(digits.slice(2 * index, 2 * index + 2), 16));
}

export function idOf(code: IdCode): string {
  if (typeof code === "string") return code;
  const digits = Array.from(code, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, index) => digits.slice(ends[index - 1] ?? 0, end)).join("-");
}
