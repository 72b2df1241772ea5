/** How imported files of bank statements are named, and by which keys they are found again. */
import type { StatementFormat } from "../statements";

/** Part of addresses that are out, so it does not change. */
export const statementFileKind = "bank-statement";

const mediaTypes: Readonly<Record<StatementFormat, string>> = {
  CAMT053: "application/xml",
  CSV: "text/csv",
  CFONB120: "text/plain",
};

export const statementFileOf = ({
  id,
  name,
  format,
}: {
  readonly id: string;
  readonly name: string | null;
  readonly format: StatementFormat;
}) => ({
  kind: statementFileKind,
  keys: [id],
  name: name ?? `bank-statement-${id}`,
  mediaType: mediaTypes[format],
});
