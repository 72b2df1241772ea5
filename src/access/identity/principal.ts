/** The authenticated caller and its role. What each role may do is in the permissions.ts of each module. */
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

/** The listed campaigns, and every campaign of the listed sites, including those created later. */
export interface Limits {
  readonly sites: readonly string[];
  readonly campaigns: readonly string[];
}

export interface Principal {
  /**
   * KEY: an API key. SESSION: a member who signed in. PERSON: the person behind a lead, by their personal link.
   * ENDPOINT: a supplier's webhook endpoint; it sends no requests, events are read and sent on its behalf.
   */
  readonly kind: "KEY" | "SESSION" | "PERSON" | "ENDPOINT";
  /** The id of the key, session, lead or endpoint. */
  readonly id: string;
  /** Identifies a feed position: each key has one, and each member has one for all their sessions. */
  readonly consumer: string;
  readonly role: Role;
  /** null for forms, persons and staff. */
  readonly supplierId: string | null;
  /** The part of the supplier that the principal may see; null without limits or without a supplier. */
  readonly limits: Limits | null;
  /** Whether this is a sandbox key, whose supplier is the sandbox of a real one. */
  readonly sandbox?: boolean;
  /** For FORM keys: the web origins that may use the key; empty allows any. */
  readonly origins: readonly string[];
}
