import type { Split } from "../../account/ledger";

export const sumOf = (parts: readonly Split[]): Split => ({
  netCents: parts.reduce((sum, { netCents }) => sum + netCents, 0),
  vatCents: parts.reduce((sum, { vatCents }) => sum + vatCents, 0),
});
