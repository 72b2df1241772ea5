/** One transaction of an entry (TxDtls). It is read as soon as it is complete, so that a large batch stays small. */
import { isTrouble, type Trouble } from "../reading";
import { idIn } from "../reference";
import { joined, oneLine } from "../text";
import { chargesOf, eurosAt } from "./amount";
import { amountKinds, type AmountKind } from "./explain";
import { childOf, childrenOf, textOf, type Node } from "./node";
import { partiesIn, type Parties } from "./party";

export interface Detail {
  readonly bankReference: string;
  readonly endToEndId: string | null;
  readonly transactionId: string | null;
  /** CdtDbtInd, where it stands on the transaction itself. */
  readonly mark: string;
  /** Unsigned cents. */
  readonly amounts: Readonly<Partial<Record<AmountKind, number>>>;
  readonly trouble: Trouble | null;
  readonly charges: readonly number[];
  readonly remittance: string;
  readonly parties: Parties;
  /** Whether the bank gives a reason of return. */
  readonly isReturn: boolean;
}

export function detailOf(node: Node): Detail {
  const refs = childOf(node, "Refs");
  return {
    bankReference: oneLine(textOf(refs, "AcctSvcrRef")),
    endToEndId: idIn(textOf(refs, "EndToEndId")),
    transactionId: transactionIdIn(refs),
    mark: textOf(node, "CdtDbtInd"),
    ...amountsIn(node),
    charges: chargesOf(node),
    remittance: remittanceIn(node),
    parties: partiesIn(childOf(node, "RltdPties")),
    isReturn: childOf(node, "RtrInf") !== undefined,
  };
}

const transactionIdIn = (refs: Node | undefined): string | null =>
  ["TxId", "UETR", "InstrId", "ClrSysRef", "AcctSvcrTxId"]
    .map((name) => idIn(textOf(refs, name)))
    .find((id) => id !== null) ?? null;

/** Where each amount stands. An entry has the same under AmtDtls. */
const paths: Readonly<Record<AmountKind, readonly string[]>> = {
  Amt: ["Amt"],
  TxAmt: ["AmtDtls", "TxAmt", "Amt"],
  InstdAmt: ["AmtDtls", "InstdAmt", "Amt"],
  CntrValAmt: ["AmtDtls", "CntrValAmt", "Amt"],
};

export function amountsIn(
  node: Node,
  kinds: readonly AmountKind[] = amountKinds,
): Pick<Detail, "amounts" | "trouble"> {
  const amounts: Partial<Record<AmountKind, number>> = {};
  let trouble: Trouble | null = null;
  for (const kind of kinds) {
    const cents = eurosAt(node, ...paths[kind]);
    if (isTrouble(cents)) trouble ??= cents;
    else if (cents !== null) amounts[kind] = cents;
  }
  return { amounts, trouble };
}

function remittanceIn(node: Node): string {
  const info = childOf(node, "RmtInf");
  const unstructured = childrenOf(info, "Ustrd").map(({ text }) => text);
  const structured = childrenOf(info, "Strd").flatMap((one) => [
    ...childrenOf(one, "RfrdDocInf").map((document) => textOf(document, "Nb")),
    textOf(one, "CdtrRefInf", "Ref"),
    ...childrenOf(one, "AddtlRmtInf").map(({ text }) => text),
  ]);
  const remittance = joined([...unstructured, ...structured]);
  return remittance === "" ? joined([textOf(node, "AddtlTxInf")]) : remittance;
}
