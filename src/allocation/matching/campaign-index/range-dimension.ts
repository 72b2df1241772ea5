/**
 * Which campaigns let a value pass, as far as they ask for a range. A row answers for a whole section of
 * the line; whose bound lies inside the section is in doubt, and is compared with the value itself.
 */
import { clearBit, setBit } from "./bits";
import type { Range } from "./compiled-criterion";
import { cutsAmong, sectionOf, type Section } from "./boundaries";
import { HandleSet } from "./handle-set";
import { allHandles, RowCache, Row } from "./row-cache";
import { dateOf, ordinalOf } from "./ordinal";

/** What the rows of one question are: whoever passes for certain or perhaps, and for whom it is only perhaps. */
export interface RangeRows {
  readonly row: Row;
  readonly recheck: Row;
}

interface SectionRow extends RangeRows {
  readonly key: number;
  readonly section: Section;
}

/** Of a value that cannot be compared with any bound. */
const nowhere: Section = { number: -1, isPoint: true, from: NaN, to: NaN };
/** Of a text that is no date: it orders with dates as text does, which only a bound itself can tell. */
const everywhere: Section = { number: -2, isPoint: false, from: -Infinity, to: Infinity };
const sampleSize = 4_096;
type Numbers = Float64Array<ArrayBuffer>;

export class RangeDimension {
  private from: Numbers = new Float64Array(0);
  private to: Numbers = new Float64Array(0);
  private cuts: Numbers = new Float64Array(0);
  private sizeAtCut = 32;
  private readonly asking = new HandleSet();
  private readonly rows = new RowCache<number, SectionRow>(160);

  constructor(private readonly kind: Range["kind"]) {}

  get size(): number {
    return this.asking.size;
  }

  add(handle: number, { from, to }: Range): void {
    if (handle >= this.from.length) this.grow(handle + 1);
    this.from[handle] = from;
    this.to[handle] = to;
    this.asking.add(handle);
    if (this.asking.size > 2 * this.sizeAtCut) this.cut();
    for (const { section, row, recheck } of this.rows.all()) {
      const verdictOn = this.verdictOn(handle, section);
      row.put(handle, verdictOn !== "NO");
      recheck.put(handle, verdictOn === "PERHAPS");
    }
  }

  /** From then on it lets everything pass. */
  remove(handle: number): void {
    if (!this.asking.has(handle)) return;
    this.asking.delete(handle);
    for (const { row, recheck } of this.rows.all()) {
      row.put(handle, true);
      recheck.put(handle, false);
    }
  }

  rowFor(answer: unknown, length: number): RangeRows {
    const section = this.sectionFor(answer);
    return this.rows.get(section.number) ?? this.rows.keep(this.make(section, length));
  }

  /** For whoever is in doubt. */
  holds(handle: number, answer: unknown): boolean {
    if (!this.asking.has(handle)) return true;
    const [from, to] = [this.from[handle] as number, this.to[handle] as number];
    if (this.kind === "NUMBER") return typeof answer === "number" && from <= answer && answer <= to;
    return typeof answer === "string" && holdsText(from, to, answer);
  }

  forgetRows(): void {
    this.rows.clear();
  }

  private sectionFor(answer: unknown): Section {
    if (this.kind === "NUMBER") return typeof answer === "number" ? sectionOf(this.cuts, answer) : nowhere;
    if (typeof answer !== "string") return nowhere;
    const ordinal = ordinalOf(answer);
    return ordinal === undefined ? everywhere : sectionOf(this.cuts, ordinal);
  }

  private make(section: Section, length: number): SectionRow {
    const passing = allHandles(length);
    const unsure = new Int32Array(length);
    for (const handle of this.asking.handles()) {
      const verdictOn = this.verdictOn(handle, section);
      if (verdictOn === "NO") clearBit(passing, handle);
      if (verdictOn === "PERHAPS") setBit(unsure, handle);
    }
    return { key: section.number, section, row: new Row(passing), recheck: new Row(unsure) };
  }

  /** Of all values of the section. */
  private verdictOn(handle: number, section: Section): "YES" | "NO" | "PERHAPS" {
    const [from, to] = [this.from[handle] as number, this.to[handle] as number];
    if (from <= section.from && section.to <= to) return "YES";
    if (section.isPoint) return "NO";
    return from < section.to && section.from < to ? "PERHAPS" : "NO";
  }

  /** Draws the cuts anew when there are twice as many bounds to draw from. */
  private cut(): void {
    const handles = this.asking.handles();
    const step = Math.max(1, Math.floor(handles.length / sampleSize));
    const sample = handles.filter((_, index) => index % step === 0);
    this.cuts = cutsAmong(
      Float64Array.from([...sample].flatMap((handle) => [this.from[handle], this.to[handle]] as number[])),
    );
    this.sizeAtCut = this.asking.size;
    this.rows.clear();
  }

  private grow(count: number): void {
    const [from, to] = [this.from, this.to];
    this.from = new Float64Array(count + (count >>> 2));
    this.to = new Float64Array(count + (count >>> 2));
    this.from.set(from);
    this.to.set(to);
  }
}

const holdsText = (from: number, to: number, text: string): boolean =>
  (from === -Infinity || dateOf(from) <= text) && (to === Infinity || text <= dateOf(to));
