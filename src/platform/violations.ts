/** Finds the constraint that a failed statement violated, so that the caller gets a clear message. */
const codes = { "23505": "UNIQUE", "23503": "REFERENCE", "23514": "CHECK" } as const;

/** Returns null when the statement failed for another reason. */
export function violationOf(
  error: unknown,
): { kind: "UNIQUE" | "REFERENCE" | "CHECK"; constraint: string } | null {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  if (typeof code !== "string" || !(code in codes)) return null;
  return {
    kind: codes[code as keyof typeof codes],
    constraint: typeof constraint === "string" ? constraint : "",
  };
}
