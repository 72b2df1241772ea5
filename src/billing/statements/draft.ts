/** A statement while it is read, and the proof of its balances at the end. */
import { wordsOf } from "./faults";
import { inEuros } from "./money";
import type { Reading } from "./reading";
import type { Account, Balance, Movement, Place, Skipped, Statement } from "./statement";

const skippedWords: Record<Skipped["reason"], string> = {
  ZERO_AMOUNT: "has the amount 0",
  OTHER_CURRENCY: "is not in EUR",
  NOT_BOOKED: "is not booked",
};

export class StatementDraft {
  account: Account = null;
  number: string | null = null;
  opening: Balance | null = null;
  closing: Balance | null = null;
  private readonly movements: Movement[] = [];
  private readonly skipped: Skipped[] = [];
  private readonly faultsBefore: number;

  constructor(private readonly reading: Reading) {
    this.faultsBefore = reading.faults.count;
  }

  add(movement: Movement): void {
    this.reading.countLine();
    this.movements.push(movement);
  }

  /** `why` is added in brackets, such as the currency. */
  skip(place: Place, reason: Skipped["reason"], why?: string): void {
    this.reading.countLine();
    const added = why === undefined ? "" : ` (${why})`;
    this.skipped.push({ place, reason, text: `${wordsOf(place)} ${skippedWords[reason]}${added}.` });
  }

  finish(): Statement {
    const { account, number, opening, closing, movements, skipped } = this;
    // Where a line is at fault, the sum is wrong as well, and naming it would only distract.
    if (this.reading.faults.count === this.faultsBefore) this.prove();
    return { account, number, opening, closing, movements, skipped };
  }

  private prove(): void {
    const { opening, closing } = this;
    if (opening === null || closing === null) return;
    const moved = this.movements.reduce((sum, { amountCents }) => sum + BigInt(amountCents), 0n);
    const sum = BigInt(opening.cents) + moved;
    if (sum === BigInt(closing.cents)) return;
    const name = this.number === null ? "A statement" : `Statement ${this.number}`;
    this.reading.faults.addOfFile(
      `${name}: the opening balance of ${inEuros(opening.cents)} and movements of ${inEuros(moved)} make ` +
        `${inEuros(sum)}, but the closing balance is ${inEuros(closing.cents)}. Is a part of the file missing?`,
      "INVALID",
    );
  }
}
