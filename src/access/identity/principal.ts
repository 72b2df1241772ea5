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

/** The campaigns that are listed, and every campaign of the sites that are, also one that is created there later. */
export interface Limits {
  readonly sites: readonly string[];
  readonly campaigns: readonly string[];
}

export interface Principal {
  /**
   * KEY: an API key. SESSION: a person who signed in. PERSON: the one behind a lead, by their link. ENDPOINT: where a
   * supplier has its events sent; it asks for nothing, it is read for.
   */
  readonly kind: "KEY" | "SESSION" | "PERSON" | "ENDPOINT";
  /** Id of the key, the session, the lead or the endpoint. */
  readonly id: string;
  /** Who reads and acknowledges: a key has a position of its own, a member one for all their sessions. */
  readonly consumer: string;
  readonly role: Role;
  /** null for forms, persons and staff. */
  readonly supplierId: string | null;
  /** The part of the supplier that they may see; null: all of it, or no supplier's at all. */
  readonly limits: Limits | null;
  /** A key of a sandbox: its supplier is the twin of a real one. */
  readonly sandbox?: boolean;
  /** FORM keys: the web origins that may use it; empty means any. */
  readonly origins: readonly string[];
}
