/** The account of a statement and who holds it. */
import type { Account } from "../statement";
import { textOf, type Node } from "./node";
import type { Holder } from "./party";

export function accountIn(node: Node): Account {
  const iban = textOf(node, "Id", "IBAN");
  const other = textOf(node, "Id", "Othr", "Id");
  const written = (iban === "" ? other : iban).replaceAll(/\s/g, "").slice(0, 34);
  // A French bank may write the RIB: bank (5), branch (5), account (11) and a key (2).
  const [, bank = "", branch = "", number = ""] = /^(\d{5})(\d{5})([\dA-Z]{11})\d{2}$/i.exec(written) ?? [];
  if (number !== "") return { bank, branch, number };
  return written === "" ? null : { iban: written };
}

export function holderIn(node: Node): Holder {
  const iban = textOf(node, "Id", "IBAN").replaceAll(/\s/g, "").toUpperCase();
  const name = textOf(node, "Ownr", "Nm");
  return { iban: iban === "" ? null : iban, name: name === "" ? null : name };
}
