/** A UUID as its sixteen bytes; any other id stays the text it is. */
export type IdCode = string | Uint8Array;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function idCode(id: string): IdCode {
  // Only as we write it: another spelling of the same number would not come back as it was.
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
