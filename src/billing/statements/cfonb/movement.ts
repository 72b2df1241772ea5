/** A movement of CFONB 120: a record 04 and the records 05 that complete it. */
import { bookingDay } from "../day";
import type { Reading } from "../reading";
import { idIn, referenceOf } from "../reference";
import type { StatementDraft } from "../draft";
import type { Movement, Place } from "../statement";
import { joined } from "../text";
import { differenceOf } from "./charges";
import { centsIn, dayOf, field } from "./records";

/** More records 05 than banks write; the rest is not kept. */
const mostDetails = 40;

export class CfonbMovement {
  /** What records 05 say, by their qualifier. */
  private readonly details: { readonly qualifier: string; readonly text: string }[] = [];

  constructor(
    private readonly record: string,
    private readonly place: Place,
  ) {}

  addDetail(record: string): void {
    if (this.details.length < mostDetails)
      this.details.push({ qualifier: field(record, 46, 48), text: field(record, 49, 118) });
  }

  takeInto(draft: StatementDraft, reading: Reading): void {
    const { record, place } = this;
    const amountCents = centsIn(record);
    if (amountCents === 0) {
      draft.skip(place, "ZERO_AMOUNT");
      return;
    }
    const day = bookingDay(dayOf(field(record, 35, 40)), reading.today);
    const sound = reading.soundAt(place, [day, amountCents]);
    if (sound === null) return;
    const [bookedOn, cents] = sound;
    const { charge, problem } = differenceOf(cents, this.first("MMO"), this.first("FEE"));
    const said = this.saidWith(bookedOn, cents - charge);
    const given = [field(record, 105, 120), this.first("REF"), said.endToEndId];
    const reference = reading.soundAt(place, [referenceOf(given, said, reading)]);
    if (reference === null) return;
    const movement = { ...said, problem, reference: reference[0] };
    draft.add(movement);
    if (charge !== 0) draft.add({ ...movement, amountCents: charge, kind: "CHARGE" });
  }

  private saidWith(bookedOn: string, amountCents: number): Omit<Movement, "reference"> {
    const { record, place } = this;
    return {
      ...{ place, bookedOn, amountCents, kind: "MOVEMENT", problem: null },
      // A reason of rejection, or of return.
      isReversal: !/^0*$/.test(field(record, 41, 42)) || this.first("RET") !== undefined,
      // The reference stands in the first 35 characters, its purpose in the others.
      endToEndId: idIn(this.first("RCN")?.slice(0, 35)),
      transactionId: idIn(this.first("REF")?.slice(0, 35)),
      remittance: this.remittance,
      counterparty: this.counterpartyOf(amountCents),
    };
  }

  private first(qualifier: string): string | undefined {
    return this.details.find((detail) => detail.qualifier === qualifier)?.text;
  }

  private all(...qualifiers: readonly string[]): string[] {
    return this.details.filter(({ qualifier }) => qualifiers.includes(qualifier)).map(({ text }) => text);
  }

  /** The label of the bank and its continuation, what the payer wrote (LCC, LC2, LCS), and the purpose. */
  private get remittance(): string {
    const label = [field(this.record, 49, 79), ...this.all("LIB")];
    return joined([...label, ...this.all("LCC", "LC2", "LCS"), this.first("RCN")?.slice(35).trim()]);
  }

  /** The payer of incoming money (NPY, or on behalf of whom: NPO), the receiver of outgoing money (NBE, NBU). */
  private counterpartyOf(cents: number): string {
    const qualifiers = cents > 0 ? ["NPY", "NPO"] : ["NBE", "NBU"];
    return joined([
      qualifiers.map((one) => this.first(one)).find((name) => name !== undefined && name !== ""),
    ]);
  }
}
