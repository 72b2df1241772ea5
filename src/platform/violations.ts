/** Which rule of the database a failed statement broke, so that it can be told in the caller's words. */
const codes = { "23505": "UNIQUE", "23503": "REFERENCE", "23514": "CHECK" } as const;

/** null: it failed for another reason. */
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
