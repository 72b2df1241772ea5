/** Who is asking. Roles and what they may do: permissions.ts. */
export const roles = [
  "FORM",
  "CONSUMER",
  "SUPPLIER_SALES",
  "SUPPLIER_INTEGRATION",
  "SUPPLIER_ADMIN",
  "OPERATOR",
  "FINANCE",
  "DPO",
  "ADMIN",
] as const;
export type Role = (typeof roles)[number];

export interface Principal {
  /** KEY: an API key. SESSION: a person who signed in. PERSON: the one behind a lead, by their link. */
  readonly kind: "KEY" | "SESSION" | "PERSON";
  /** Id of the key, the session or the lead. */
  readonly id: string;
  /** Who reads and acknowledges: a key has a position of its own, a member one for all their sessions. */
  readonly consumer: string;
  readonly role: Role;
  /** null for forms, persons and staff. */
  readonly supplierId: string | null;
  /** A key of a sandbox: its supplier is the twin of a real one. */
  readonly sandbox?: boolean;
  /** FORM keys: the web origins that may use it; empty means any. */
  readonly origins: readonly string[];
}
