/**
 * Checks whether a JSON value from a client can be processed and stored. What the value means is checked by the
 * field that takes it.
 *
 * Refused are keys that could change a prototype, nesting that could exhaust the stack later, numbers that JSON
 * cannot represent, and text that PostgreSQL cannot store.
 */
export const maxJsonDepth = 32;

/** Says why the text cannot be stored, or returns null. The message never repeats the text. */
export function textFault(text: string): string | null {
  if (text.includes("\u0000")) return "contains a NUL character, which cannot be stored; remove it";
  if (loneSurrogate.test(text))
    return "contains half of a surrogate pair, which is not a character; remove it";
  return null;
}

const loneSurrogate = /\p{Surrogate}/u;

/** Says what is wrong with the JSON value, or returns null. The message never repeats the value. */
export function jsonFault(value: unknown, depthLeft = maxJsonDepth): string | null {
  if (typeof value !== "object" || value === null) return leafFault(value);
  if (depthLeft === 0) return `is nested deeper than ${maxJsonDepth} levels`;
  if (Array.isArray(value)) return firstFault(value, depthLeft);
  return objectFault(value, depthLeft);
}

function leafFault(value: unknown): string | null {
  if (typeof value === "string") return textFault(value);
  if (typeof value === "number")
    return Number.isFinite(value) ? null : "contains a number that is not finite";
  return value === null || typeof value === "boolean" ? null : "is not a JSON value";
}

function objectFault(value: object, depthLeft: number): string | null {
  const keys = Object.keys(value);
  if (keys.includes("__proto__")) return 'has a key named "__proto__", which is not allowed';
  return firstFault(keys, depthLeft) ?? firstFault(Object.values(value), depthLeft);
}

function firstFault(values: readonly unknown[], depthLeft: number): string | null {
  for (const value of values) {
    const fault = jsonFault(value, depthLeft - 1);
    if (fault) return fault;
  }
  return null;
}
