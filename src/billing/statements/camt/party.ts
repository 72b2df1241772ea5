/** Who is at the other end of a transaction? Debtor and creditor are roles; one of them is the account's holder. */
import { childOf, textOf, type Node } from "./node";

export interface Holder {
  readonly iban: string | null;
  readonly name: string | null;
}

interface Party {
  readonly name: string;
  readonly isHolder: boolean;
}

/** `isIncoming`: money came in with the payment itself. A reversal keeps the roles of what it takes back. */
export function counterpartyOf(parties: Node | undefined, isIncoming: boolean, holder: Holder): string {
  const debtor = partyOf(parties, "Dbtr", holder);
  const creditor = partyOf(parties, "Cdtr", holder);
  const [other, own] = isIncoming ? [debtor, creditor] : [creditor, debtor];
  if (other.isHolder && !own.isHolder) return own.name;
  return other.isHolder ? "" : other.name;
}

function partyOf(parties: Node | undefined, role: "Dbtr" | "Cdtr", holder: Holder): Party {
  const name = nameOf(childOf(parties, role));
  const iban = textOf(parties, `${role}Acct`, "Id", "IBAN").replaceAll(" ", "").toUpperCase();
  const hasOurName = name !== "" && same(name, holder.name);
  const isHolder = iban === "" ? hasOurName : iban === holder.iban;
  return { name: name === "" ? nameOf(childOf(parties, `Ultmt${role}`)) : name, isHolder };
}

const same = (name: string, other: string | null): boolean => name.toUpperCase() === other?.toUpperCase();

/** Version 8 and later put the party, or the bank in its place, into an element of its own. */
function nameOf(party: Node | undefined): string {
  const paths = [["Nm"], ["Pty", "Nm"], ["Agt", "FinInstnId", "Nm"], ["Agt", "FinInstnId", "BICFI"]];
  return paths.map((path) => textOf(party, ...path)).find((name) => name !== "") ?? "";
}
