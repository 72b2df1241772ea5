/** The movements of one booked entry: its transactions with what the bank kept of them, or the entry as a whole. */
import type { StatementDraft } from "../draft";
import { isTrouble, type Reading, type Trouble } from "../reading";
import { referenceOf } from "../reference";
import type { Movement, Place } from "../statement";
import { joined } from "../text";
import { signOf } from "./amount";
import type { Detail } from "./detail";
import { amountKinds, explain, type Explained, type Part } from "./explain";
import { counterpartyOf, type Holder } from "./party";

export interface Entry {
  readonly bankReference: string;
  readonly ownReference: string;
  readonly isReversal: boolean;
  readonly information: string;
  /** Signed cents. */
  readonly charges: readonly number[];
  readonly bookedOn: string;
  readonly sign: 1 | -1;
  /** Signed. */
  readonly cents: number;
}

interface Context {
  readonly reading: Reading;
  readonly draft: StatementDraft;
  readonly holder: Holder;
  readonly place: Place;
}

/** Yields after each `mostAtOnce` transactions: a batch can hold tens of thousands. */
export function* addMovements(
  entry: Entry,
  details: readonly Detail[],
  context: Context,
): Generator<undefined, void> {
  const { reading, place } = context;
  const faultsBefore = reading.faults.count;
  const parts: Part[] = [];
  for (const [index, detail] of details.entries()) {
    const { troubles, ...part } = partOf(detail, entry.sign);
    reading.soundAt(placeOf(index, details, place), troubles);
    parts.push(part);
    if (isPause(index)) yield;
  }
  if (reading.faults.count > faultsBefore) return;
  const explained = explain(entry.cents, parts, entry.charges);
  const writer = new MovementWriter(entry, details, context);
  if (explained) yield* writer.addEach(explained);
  else if (entry.cents === 0) reading.faults.add(place, "its transactions do not add up to its amount of 0.");
  else writer.addWhole();
}

const mostAtOnce = 500;
const isPause = (index: number): boolean => (index + 1) % mostAtOnce === 0;

const placeOf = (part: number, details: readonly Detail[], place: Place): Place => ({
  ...place,
  detail: details.length > 1 ? part + 1 : null,
});

function partOf(detail: Detail, entrySign: 1 | -1): Part & { readonly troubles: readonly Trouble[] } {
  const sign = detail.mark === "" ? entrySign : signOf(detail.mark);
  const factor = isTrouble(sign) ? 1 : sign;
  const stated = amountKinds.map((kind) => [kind, detail.amounts[kind]] as const);
  const amounts = Object.fromEntries(
    stated.flatMap(([kind, cents]) => (cents === undefined ? [] : [[kind, factor * cents]])),
  );
  return { amounts, charges: detail.charges, troubles: [sign, detail.trouble].filter(isTrouble) };
}

function chargesByPart(charges: Explained["charges"]): ReadonlyMap<number | null, readonly number[]> {
  const byPart = new Map<number | null, number[]>();
  for (const { part, cents } of charges) {
    const known = byPart.get(part);
    if (known) known.push(cents);
    else byPart.set(part, [cents]);
  }
  return byPart;
}

type Said = Omit<Movement, "reference">;

class MovementWriter {
  constructor(
    private readonly entry: Entry,
    private readonly details: readonly Detail[],
    private readonly context: Context,
  ) {}

  *addEach({ amounts, charges }: Explained): Generator<undefined, void> {
    const byPart = chargesByPart(charges);
    for (const [part, cents] of amounts.entries()) {
      const said = this.saidOf(part, cents);
      this.add(said, part);
      this.addCharges(said, byPart.get(part), part);
      if (isPause(part)) yield;
    }
    this.addCharges(this.wholeSaid(), byPart.get(null), null);
  }

  /** Nobody can tell which part is wrong, so the entry is one movement for a person to look at. */
  addWhole(): void {
    this.add({ ...this.wholeSaid(), problem: "UNEXPLAINED_DIFFERENCE" }, null);
  }

  private addCharges(of: Said, charges: readonly number[] = [], part: number | null): void {
    for (const cents of charges) this.add({ ...of, amountCents: cents, kind: "CHARGE" }, part);
  }

  private add(said: Said, part: number | null): void {
    const { reading, draft } = this.context;
    if (said.amountCents === 0) {
      draft.skip(said.place, "ZERO_AMOUNT");
      return;
    }
    const reference = referenceOf(this.referencesOf(part), said, reading);
    if (isTrouble(reference)) reading.faults.add(said.place, reference.message, reference.reason);
    else draft.add({ ...said, reference });
  }

  /**
   * The reference of an entry is shared by its transactions, so where there are several, each goes by its own
   * reference first.
   */
  private referencesOf(part: number | null): readonly (string | null)[] {
    const ofEntry = [this.entry.bankReference, this.entry.ownReference];
    const detail = this.details.length === 1 ? this.details[0] : this.details[part ?? -1];
    if (detail === undefined) return ofEntry;
    const { bankReference, endToEndId, transactionId } = detail;
    return this.details.length === 1
      ? [ofEntry[0] ?? null, bankReference, ofEntry[1] ?? null, endToEndId, transactionId]
      : [bankReference, endToEndId, transactionId, ...ofEntry];
  }

  private saidOf(part: number, cents: number): Said {
    const detail = this.details[part];
    return detail === undefined ? this.saidOfEntry() : this.saidOfDetail(detail, part, cents);
  }

  private saidOfDetail(detail: Detail, part: number, cents: number): Said {
    const { entry, details, context } = this;
    const isReversal = entry.isReversal || detail.isReturn;
    const { endToEndId, transactionId, parties } = detail;
    return {
      place: placeOf(part, details, context.place),
      ...{ bookedOn: entry.bookedOn, amountCents: cents, isReversal, kind: "MOVEMENT", problem: null },
      ...{ endToEndId, transactionId, remittance: this.remittanceOf(detail.remittance) },
      counterparty: counterpartyOf(parties, cents > 0 !== isReversal, context.holder),
    };
  }

  private wholeSaid(): Said {
    return this.details.length === 1 ? this.saidOf(0, this.entry.cents) : this.saidOfEntry();
  }

  private saidOfEntry(): Said {
    return {
      place: this.context.place,
      ...{ bookedOn: this.entry.bookedOn, amountCents: this.entry.cents, isReversal: this.entry.isReversal },
      ...{ kind: "MOVEMENT", problem: null, endToEndId: null, transactionId: null, counterparty: "" },
      // More does not fit into a line anyway.
      remittance: this.remittanceOf(joined(this.details.slice(0, 20).map(({ remittance }) => remittance))),
    };
  }

  private remittanceOf(remittance: string): string {
    return remittance === "" ? this.entry.information : remittance;
  }
}
