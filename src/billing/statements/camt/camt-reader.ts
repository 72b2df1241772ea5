/** Reads CAMT.053 (ISO 20022), versions 2 to 13, whatever the prefix of its namespace. */
import { StatementDraft } from "../draft";
import { mostLines, type Reading, type TextReader } from "../reading";
import type { Statement } from "../statement";
import { bestOf, takeBalance, type Balances } from "./balances";
import { detailOf, type Detail } from "./detail";
import { ElementReader, type ElementHandler } from "./elements";
import { takeEntry } from "./entry";
import { accountIn, holderIn } from "./holder";
import { textOf, type Node } from "./node";
import type { Holder } from "./party";

const message = "BkToCstmrStmt";
const kept = new Set(["Id", "ElctrncSeqNb", "LglSeqNb", "Acct", "Bal", "Ntry"]);

/** Messages that banks send beside it, which say nothing final. */
const others: Readonly<Record<string, string>> = {
  BkToCstmrAcctRpt:
    "content is CAMT.052, a report during the day, which is not final. Ask the bank for CAMT.053.",
  BkToCstmrDbtCdtNtfctn:
    "content is CAMT.054, details without the account's balances. Ask the bank for CAMT.053 with details.",
};

interface Current {
  readonly draft: StatementDraft;
  readonly balances: Balances;
  holder: Holder;
}

export class CamtReader implements TextReader<readonly Statement[]>, ElementHandler {
  private readonly elements: ElementReader;
  private readonly statements: Statement[] = [];
  private current: Current | null = null;
  private details: Detail[] = [];
  private entries = 0;
  /** What was read and is still to be worked on, in order. */
  private readonly work: Generator<undefined, void>[] = [];
  private hasStatement = false;

  constructor(private readonly reading: Reading) {
    this.elements = new ElementReader(this, reading.faults);
  }

  push(text: string): void {
    this.elements.push(text);
  }

  proceed(): boolean {
    for (;;) {
      const [first] = this.work;
      if (first === undefined) return false;
      if (first.next().done !== true) return true;
      this.work.shift();
    }
  }

  finish(): readonly Statement[] {
    this.elements.finish();
    this.end();
    while (this.proceed()) continue;
    if (!this.hasStatement)
      this.reading.faults.end(`content is not a CAMT.053 statement: Document/${message}/Stmt is missing.`);
    return this.statements;
  }

  opened(path: readonly string[], namespace: string): boolean {
    const name = path.at(-1) ?? "";
    this.checkMessage(name, namespace);
    if (path.at(-2) === message && name === "Stmt") this.begin();
    return path.at(-2) === "Stmt" && path.at(-3) === message && kept.has(name);
  }

  ended(node: Node, isWithin: boolean): boolean {
    if (node.name === "TxDtls") {
      this.details.push(detailOf(node));
      if (this.details.length > mostLines) this.reading.tooMany();
      return false;
    }
    if (!isWithin) this.take(node);
    // Nothing is left in a group of transactions once they have been taken out.
    return node.name !== "NtryDtls";
  }

  private checkMessage(name: string, namespace: string): void {
    const other = others[name];
    if (other !== undefined) this.reading.faults.end(other, "UNKNOWN_VALUE");
    const [, version] = /camt\.053\.001\.(\d{2,})$/.exec(namespace) ?? [];
    if (version !== undefined && (Number(version) < 2 || Number(version) > 13))
      this.reading.faults.end(
        `content is version ${version.slice(0, 4)} of CAMT.053. The versions 02 to 13 are read.`,
        "UNKNOWN_VALUE",
      );
  }

  private begin(): void {
    this.end();
    this.hasStatement = true;
    const draft = new StatementDraft(this.reading);
    this.current = { draft, balances: { opening: [], closing: [] }, holder: { iban: null, name: null } };
  }

  private take(node: Node): void {
    const { current } = this;
    if (current === null) return;
    if (node.name === "Ntry") this.takeEntry(node, current);
    else if (node.name === "Bal") takeBalance(node, current.balances, this.reading);
    else if (node.name === "Acct") {
      current.draft.account = accountIn(node);
      current.holder = holderIn(node);
    } else current.draft.number = numberOf(node, current.draft.number);
  }

  private takeEntry(node: Node, { draft, holder }: Current): void {
    this.entries += 1;
    const details = this.details;
    this.details = [];
    const context = { line: this.entries, reading: this.reading, draft, holder };
    this.work.push(takeEntry(node, details, context));
  }

  private end(): void {
    if (this.current === null) return;
    this.work.push(this.finished(this.current));
    this.current = null;
  }

  private *finished({ draft, balances }: Current): Generator<undefined, void> {
    Object.assign(draft, bestOf(balances));
    this.statements.push(draft.finish());
  }
}

/** The number of the electronic statement counts on; the identifier, which comes first, only stands in for it. */
function numberOf(node: Node, before: string | null): string | null {
  const number = textOf(node).slice(0, 35);
  if (number === "") return before;
  return node.name === "LglSeqNb" && before !== null ? before : number;
}
