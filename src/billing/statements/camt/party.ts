/** Who is at the other end of a transaction? Debtor and creditor are roles; one of them is the account's holder. */
import { oneLine } from "../text";
import { childOf, textOf, type Node } from "./node";

export interface Holder {
  readonly iban: string | null;
  readonly name: string | null;
}

interface Party {
  readonly name: string;
  /** On whose behalf it acts. */
  readonly ultimateName: string;
  readonly iban: string;
}

export interface Parties {
  readonly debtor: Party;
  readonly creditor: Party;
}

export const partiesIn = (node: Node | undefined): Parties => ({
  debtor: partyIn(node, "Dbtr"),
  creditor: partyIn(node, "Cdtr"),
});

const partyIn = (node: Node | undefined, role: "Dbtr" | "Cdtr"): Party => ({
  name: nameOf(childOf(node, role)),
  ultimateName: nameOf(childOf(node, `Ultmt${role}`)),
  iban: oneLine(textOf(node, `${role}Acct`, "Id", "IBAN").replaceAll(/\s/g, "").toUpperCase(), 34),
});

/** Version 8 and later put the party, or the bank in its place, into an element of its own. */
function nameOf(party: Node | undefined): string {
  const paths = [["Nm"], ["Pty", "Nm"], ["Agt", "FinInstnId", "Nm"], ["Agt", "FinInstnId", "BICFI"]];
  return oneLine(paths.map((path) => textOf(party, ...path)).find((name) => name !== "") ?? "");
}

/** `isIncoming`: money came in with the payment itself. A reversal keeps the roles of what it takes back. */
export function counterpartyOf({ debtor, creditor }: Parties, isIncoming: boolean, holder: Holder): string {
  const [other, own] = isIncoming ? [debtor, creditor] : [creditor, debtor];
  if (!isHolder(other, holder)) return displayOf(other);
  return isHolder(own, holder) ? "" : displayOf(own);
}

const displayOf = ({ name, ultimateName }: Party): string => (name === "" ? ultimateName : name);

function isHolder({ name, iban }: Party, holder: Holder): boolean {
  if (iban !== "") return iban === holder.iban;
  return name !== "" && name.toUpperCase() === holder.name?.toUpperCase();
}
