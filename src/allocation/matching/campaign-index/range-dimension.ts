/**
 * Which campaigns accept a value, as far as they ask for a range? One row answers for a whole section of the
 * number line. A campaign whose bound lies inside the section is marked for a recheck and compared with the
 * value itself.
 */
import { clearBit, setBit } from "./bits";
import type { Range } from "./compiled-criterion";
import { cutsAmong, sectionOf, type Section } from "./boundaries";
import { HandleSet } from "./handle-set";
import { allHandles, RowCache, Row } from "./row-cache";
import { dateOf, ordinalOf } from "./ordinal";

/**
 * `row`: the campaigns that accept the value certainly or possibly. `recheck`: those that accept it only
 * possibly.
 */
export interface RangeRows {
  readonly row: Row;
  readonly recheck: Row;
}

interface SectionRow extends RangeRows {
  readonly key: number;
  readonly section: Section;
}

/** For a value that cannot be compared with any bound. */
const nowhere: Section = { number: -1, isPoint: true, from: NaN, to: NaN };
/**
 * For a text that is not a date. It compares with dates as a text does, which only an exact comparison can
 * decide.
 */
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

  /** Afterwards the handle passes every row. */
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

  /** The exact comparison, for campaigns marked for a recheck. */
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

  /** Whether the campaign accepts all values of the section, none, or only some. */
  private verdictOn(handle: number, section: Section): "YES" | "NO" | "PERHAPS" {
    const [from, to] = [this.from[handle] as number, this.to[handle] as number];
    if (from <= section.from && section.to <= to) return "YES";
    if (section.isPoint) return "NO";
    return from < section.to && section.from < to ? "PERHAPS" : "NO";
  }

  /** Chooses new cuts when the number of bounds has doubled since the last time. */
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
