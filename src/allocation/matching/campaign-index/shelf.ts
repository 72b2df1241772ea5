/** The campaigns of one product, filed so that a need finds those that want it. */
import type { Candidate } from "../facts";
import { bitsPerWord, grown, hasBit } from "./bits";
import { compile } from "./compile";
import { FieldDimension, type Rows } from "./field-dimension";
import {
  admits,
  admitsSpecially,
  holdsByShape,
  isSpecial,
  runsEver,
  type Filed,
  type Standing,
} from "./filed";
import { Handles } from "./handles";
import { homeOf } from "./home-of";
import { Row } from "./kept-rows";
import { Matches } from "./matches";
import type { Question } from "./question";
import { sieve, type Doubt } from "./sieve";
import { Suppliers } from "./suppliers";
import type { Texts } from "./texts";
import { ZoneDimension, type Found } from "./zone-dimension";

export class Shelf {
  private readonly handles = new Handles();
  private readonly handleOf = new Map<string, number>();
  private readonly filed: (Filed | null)[] = [];
  private readonly zones = new ZoneDimension();
  private readonly fields = new Map<string, FieldDimension>();
  private readonly suppliers = new Suppliers();
  /** Whoever runs, now or from an instant on. */
  private running = new Row(new Int32Array(0));
  private special = new Row(new Int32Array(0));
  private found: Found = { inside: new Int32Array(0), doubt: new Int32Array(0) };
  private answer = new Int32Array(0);
  private prices = new Float64Array(0);

  constructor(private readonly texts: Texts) {}

  get size(): number {
    return this.handleOf.size;
  }

  add(candidate: Candidate): void {
    const { criteria, filed } = compile(candidate, this.texts);
    const handle = this.handles.take(homeOf(filed.zones));
    if (this.handles.words > this.found.inside.length) this.grow();
    this.handleOf.set(filed.campaignId, handle);
    this.filed[handle] = filed;
    this.prices[handle] = filed.pricePerLeadCents;
    this.zones.add(handle, filed);
    this.suppliers.add(filed.supplierId, handle);
    for (const [field, criterion] of criteria) this.dimension(field).add(handle, criterion);
    this.running.put(handle, runsEver(candidate));
    this.special.put(handle, isSpecial(filed));
  }

  remove(campaignId: string): boolean {
    const handle = this.handleOf.get(campaignId);
    const filed = handle === undefined ? undefined : this.filed[handle];
    if (handle === undefined || !filed) return false;
    this.running.put(handle, false);
    for (const [field, dimension] of this.fields) {
      dimension.remove(handle);
      if (dimension.size === 0) this.fields.delete(field);
    }
    this.suppliers.remove(filed.supplierId, handle);
    this.zones.remove(handle, filed);
    this.filed[handle] = null;
    this.handleOf.delete(campaignId);
    this.handles.release(handle);
    return true;
  }

  /** Pauses or resumes: everything else about it stays. */
  stand(campaignId: string, standing: Standing): boolean {
    const handle = this.handleOf.get(campaignId);
    const filed = handle === undefined ? undefined : this.filed[handle];
    if (handle === undefined || !filed) return false;
    const changed = { ...filed, pausedUntil: standing.pausedUntil };
    this.filed[handle] = changed;
    this.running.put(handle, runsEver(standing));
    this.special.put(handle, isSpecial(changed));
    return true;
  }

  /** Whether it is filed in this very version, and stands as it does here. */
  holds(candidate: Candidate): boolean {
    const handle = this.handleOf.get(candidate.campaignId);
    const filed = handle === undefined ? undefined : this.filed[handle];
    if (handle === undefined || filed?.version !== candidate.version) return false;
    return (
      filed.pausedUntil?.getTime() === candidate.pausedUntil?.getTime() &&
      hasBit(this.running.words, handle) === runsEver(candidate)
    );
  }

  /** Whoever wants it, of all. */
  matching(question: Question): Matches {
    const { rows, doubts } = this.rowsFor(question);
    this.zones.find(question, this.found);
    const { inside } = this.found;
    const count = sieve({ inside, rows, doubts: [...this.doubtsOf(question), ...doubts] }, this.answer);
    return this.matchesAt(this.answer.slice(0, count));
  }

  /** Whoever wants it, of these suppliers. */
  matchingOf(supplierIds: Iterable<string>, question: Question): Matches {
    const { rows } = this.rowsFor(question);
    const handles = this.suppliers
      .handlesOf(supplierIds)
      .filter((handle) => rows.every(({ words }) => hasBit(words, handle)) && this.admits(handle, question));
    return this.matchesAt(handles);
  }

  private doubtsOf(question: Question): Doubt[] {
    const ask = (test: (filed: Filed, question: Question) => boolean) => (handle: number) => {
      const filed = this.filed[handle];
      return filed != null && test(filed, question);
    };
    const byShapes = ask(({ zones }) => holdsByShape(zones, question));
    const byShape: Doubt = {
      words: this.found.doubt,
      admits: (handle) => {
        const side = this.zones.sideOf(handle, question);
        return side === "AT_BORDER" ? byShapes(handle) : side === "INSIDE";
      },
    };
    if (this.special.size === 0) return [byShape];
    return [byShape, { words: this.special.words, admits: ask(admitsSpecially) }];
  }

  private matchesAt(handles: Int32Array): Matches {
    return new Matches(handles, this.filed, this.prices);
  }

  private rowsFor({ need }: Question): Rows {
    // Mostly everybody runs, and then a row less is read.
    const asked: Rows = { rows: this.running.size === this.size ? [] : [this.running], doubts: [] };
    for (const dimension of this.fields.values()) dimension.ask(need, asked, this.found.inside.length);
    return asked;
  }

  private admits(handle: number, question: Question): boolean {
    const filed = this.filed[handle];
    if (!filed || !admits(filed, question)) return false;
    for (const dimension of this.fields.values()) {
      if (!dimension.holds(handle, question.need)) return false;
    }
    return true;
  }

  private dimension(field: string): FieldDimension {
    const found = this.fields.get(field) ?? new FieldDimension(field);
    this.fields.set(field, found);
    return found;
  }

  /** Rows are as long as there are numbers, so those that were kept are too short. */
  private grow(): void {
    const length = this.handles.words + (this.handles.words >>> 3) + 8;
    this.found = { inside: new Int32Array(length), doubt: new Int32Array(length) };
    this.answer = new Int32Array(length * bitsPerWord);
    const prices = new Float64Array(length * bitsPerWord);
    prices.set(this.prices);
    this.prices = prices;
    this.running = new Row(grown(this.running.words, length));
    this.special = new Row(grown(this.special.words, length));
    this.zones.forgetRows();
    for (const dimension of this.fields.values()) dimension.forgetRows();
  }
}
