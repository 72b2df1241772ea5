/** Reads CFONB 120: for each account an old balance (01), movements (04) with details (05), and a new balance (07). */
import { StatementDraft } from "../draft";
import { isTrouble, type Reading, type TextReader } from "../reading";
import type { Balance, Place, Statement } from "../statement";
import { CfonbMovement } from "./movement";
import { RecordSplitter } from "./record-splitter";
import {
  accountOf,
  centsIn,
  currencyIn,
  dayOf,
  field,
  isSameAccount,
  recordLength,
  type AccountField,
} from "./records";

interface Current {
  readonly draft: StatementDraft;
  readonly account: AccountField;
  /** Null unless the account is in euros; the movements of another one are only noted. */
  readonly isEuro: boolean;
}

export class CfonbReader implements TextReader<readonly Statement[]> {
  private readonly splitter: RecordSplitter;
  private readonly statements: Statement[] = [];
  private current: Current | null = null;
  private movement: CfonbMovement | null = null;

  constructor(private readonly reading: Reading) {
    this.splitter = new RecordSplitter((record, line) => this.take(record, line), reading.faults);
  }

  push(text: string): void {
    this.splitter.push(text);
  }

  /** A record is worked on when it is pushed. */
  proceed(): boolean {
    return false;
  }

  finish(): readonly Statement[] {
    this.splitter.finish();
    if (this.current) this.end("The file ends without the new balance (record 07) of an account.");
    if (this.statements.length === 0 && this.reading.faults.count === 0)
      this.reading.faults.end("content is not CFONB 120: it has no old balance (record 01).");
    return this.statements;
  }

  private take(record: string, line: number): void {
    const place: Place = { word: "line", line, detail: null };
    const { faults } = this.reading;
    const kind = record.slice(0, 2);
    if (!["01", "04", "05", "07"].includes(kind) && this.statements.length === 0 && this.current === null)
      faults.end("content is not CFONB 120: it does not begin with an old balance (record 01).");
    if (record.length > recordLength) faults.add(place, "it is longer than 120 characters.", "TOO_LONG");
    else if (kind === "01") this.begin(record, place);
    else if (this.current === null) faults.add(place, "there is no old balance (record 01) before it.");
    else this.takeInside(kind, record, { place, current: this.current });
  }

  private takeInside(kind: string, record: string, at: { place: Place; current: Current }): void {
    const { place, current } = at;
    if (kind === "05") this.movement?.addDetail(record);
    else if (!["04", "07"].includes(kind))
      this.reading.faults.add(place, "it is none of the records 01, 04, 05 and 07.");
    else if (!isSameAccount(accountOf(record), current.account))
      this.reading.faults.add(place, "it is of another account than the old balance (record 01) before it.");
    else if (kind === "07") this.takeEnd(record, place, current);
    else this.takeMovement(record, place, current);
  }

  private begin(record: string, place: Place): void {
    if (this.current) this.end("The new balance (record 07) is missing before the next account begins.");
    const draft = new StatementDraft(this.reading);
    const account = accountOf(record);
    draft.account = account;
    const isEuro = this.isEuro(record, place, draft);
    if (isEuro) draft.opening = this.balanceIn(record, place);
    this.current = { draft, account, isEuro };
  }

  private takeMovement(record: string, place: Place, { draft, isEuro }: Current): void {
    this.endMovement();
    const movement = new CfonbMovement(record, place);
    const isOurs = this.isEuro(record, place, draft);
    this.movement = isOurs && isEuro ? movement : null;
  }

  private takeEnd(record: string, place: Place, { draft, isEuro }: Current): void {
    this.endMovement();
    if (isEuro) draft.closing = this.balanceIn(record, place);
    this.current = null;
    this.statements.push(draft.finish());
  }

  private endMovement(): void {
    if (this.movement && this.current) this.movement.takeInto(this.current.draft, this.reading);
    this.movement = null;
  }

  /** The file was cut off, so nothing of it can be relied on. */
  private end(fault: string): void {
    this.endMovement();
    this.reading.faults.addOfFile(fault, "REQUIRED");
    this.current = null;
  }

  private isEuro(record: string, place: Place, draft: StatementDraft): boolean {
    const currency = currencyIn(record);
    if (isTrouble(currency)) this.reading.faults.add(place, currency.message, currency.reason);
    else if (currency === "EUR") return true;
    else if (record.startsWith("04")) draft.skip(place, "OTHER_CURRENCY", currency);
    return false;
  }

  private balanceIn(record: string, place: Place): Balance | null {
    const sound = this.reading.soundAt(place, [centsIn(record), dayOf(field(record, 35, 40))]);
    return sound && { cents: sound[0], on: sound[1] };
  }
}
