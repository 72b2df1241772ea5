/** Turns one line of a CSV file into a movement. */
import { bookingDay } from "../day";
import type { StatementDraft } from "../draft";
import { currencyOf } from "../money";
import { isTrouble, trouble, type Reading, type Trouble } from "../reading";
import { idIn, referenceOf } from "../reference";
import type { Movement, Place } from "../statement";
import { joined, oneLine } from "../text";
import { writtenCents } from "./amount";
import { writtenDay } from "./day";
import type { Columns, Role } from "./headings";

export interface RowContext {
  readonly reading: Reading;
  readonly draft: StatementDraft;
  readonly columns: Columns;
}

export class Row {
  constructor(
    private readonly cells: readonly string[],
    private readonly columns: Columns,
  ) {}

  has(role: Role): boolean {
    return this.columns.at[role] !== undefined;
  }

  text(role: Role): string {
    return this.cells[this.columns.at[role] ?? -1]?.trim() ?? "";
  }

  /** Some banks end with lines of totals or balances, which have no day. */
  get isNoMovement(): boolean {
    const [first = ""] = this.cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
    return (
      first === "" || (/^(?:ancien |nouveau )?(?:solde|total|totaux)\b/i.test(first) && isTrouble(this.day))
    );
  }

  get hasTooMany(): boolean {
    return this.cells.slice(this.columns.count).some((cell) => cell.trim() !== "");
  }

  get day(): string | Trouble {
    const text = this.text("day") === "" ? this.text("valueDay") : this.text("day");
    return writtenDay(text, this.columns.isDayUtc);
  }

  get remittance(): string {
    const texts = this.columns.remittances.map((column) => this.cells[column]?.trim() ?? "");
    // A short label is often the beginning of the long one.
    return joined(texts.filter((text, index) => texts.indexOf(text) === index));
  }

  /** Signed cents. */
  get cents(): number | Trouble {
    if (this.has("debit") && this.has("credit")) return this.debitOrCredit();
    const cents = writtenCents(this.text("amount"));
    return this.has("mark") && !isTrouble(cents) ? marked(cents, this.text("mark")) : cents;
  }

  private debitOrCredit(): number | Trouble {
    const filled = (["debit", "credit"] as const).filter((role) => this.text(role) !== "");
    const written = filled.map((role) => signedBy(role, writtenCents(this.text(role))));
    const wrong = written.find(isTrouble);
    if (wrong) return wrong;
    // Some banks write 0,00 into the other column.
    const moved = written.filter((cents) => cents !== 0);
    if (moved.length > 1) return trouble("it has a debit and a credit.", "NOT_EXACTLY_ONE");
    return moved[0] ?? written[0] ?? trouble("it has neither a debit nor a credit.", "REQUIRED");
  }
}

/** Banks write a debit with or without a minus. A credit with a minus could be a mistake either way. */
function signedBy(side: "debit" | "credit", cents: number | Trouble): number | Trouble {
  if (isTrouble(cents)) return cents;
  if (side === "debit") return 0 - Math.abs(cents);
  return cents < 0 ? trouble("its credit is negative.", "OUT_OF_RANGE") : cents;
}

/** An amount beside a column of marks has its sign from the mark alone. */
function marked(cents: number, mark: string): number | Trouble {
  if (/^(?:d|db|dbit|debit|débit|-)$/i.test(mark)) return signedBy("debit", cents);
  if (/^(?:c|cr|crdt|credit|crédit|\+)$/i.test(mark)) return signedBy("credit", cents);
  return mark === ""
    ? trouble("it is marked neither as debit nor as credit.", "REQUIRED")
    : trouble("its mark is neither debit nor credit.", "UNKNOWN_VALUE");
}

const booked =
  /^(?:ex[ée]cut[ée]e?|executed|settled|completed|termin[ée]e?|comptabilis[ée]e?|book(?:ed)?|valid[ée]e?|r[ée]gl[ée]e?)?$/i;
const notBooked =
  /^(?:en attente|en cours|pending|processing|[àa] venir|refus[ée]e?|declined|rejet[ée]e?|rejected|annul[ée]e?|canceled|cancelled|reversed|failed)$/i;

/** Whether it is a movement of euros on the account. If not, that is noted. */
function isOurs(row: Row, place: Place, { draft, reading }: RowContext): boolean {
  const status = row.text("status");
  if (notBooked.test(status)) {
    draft.skip(place, "NOT_BOOKED", status.toLowerCase());
    return false;
  }
  if (!booked.test(status)) {
    reading.faults.add(place, "its status is not known.", "UNKNOWN_VALUE");
    return false;
  }
  const currency = row.has("currency") ? currencyOf(row.text("currency")) : "EUR";
  if (currency === "EUR") return true;
  if (isTrouble(currency)) reading.faults.add(place, currency.message, currency.reason);
  else draft.skip(place, "OTHER_CURRENCY", currency);
  return false;
}

export function takeRow(row: Row, place: Place, context: RowContext): void {
  if (row.isNoMovement || !isOurs(row, place, context)) return;
  const { draft, reading } = context;
  const amountCents = row.cents;
  if (amountCents === 0) {
    draft.skip(place, "ZERO_AMOUNT");
    return;
  }
  const tooMany = row.hasTooMany ? trouble("it has more values than there are headings.") : null;
  const sound = reading.soundAt(place, [bookingDay(row.day, reading.today), amountCents, tooMany]);
  if (sound === null) return;
  const said = saidBy(row, { place, bookedOn: sound[0], amountCents: sound[1] });
  const given = [row.text("transactionId"), row.text("reference"), said.endToEndId];
  const reference = reading.soundAt(place, [referenceOf(given, said, reading)]);
  if (reference !== null) draft.add({ ...said, reference: reference[0] });
}

type Checked = Pick<Movement, "place" | "bookedOn" | "amountCents">;

const saidBy = (row: Row, checked: Checked): Omit<Movement, "reference"> => ({
  ...checked,
  ...{ isReversal: false, kind: "MOVEMENT", problem: null },
  endToEndId: idIn(row.text("endToEndId")),
  transactionId: idIn(row.text("transactionId")),
  remittance: row.remittance,
  counterparty: oneLine(row.text("counterparty")),
});
