/**
 * Parses a file of commune centroids as a stream. It accepts two formats: the list of the national geography API,
 * [{ "code": "69123", "centre": { "coordinates": [4.84, 45.76] } }], and the map { "69123": [4.84, 45.76] }. It does
 * not check whether a commune exists.
 */
import { invalid } from "../../shared/errors";
import { isPosition, type Position } from "./position";

export interface CentroidEntry {
  readonly inseeCode: string;
  /** Null if the file has no position for the commune. */
  readonly position: Position | null;
}

const steps: Readonly<Record<string, number>> = { "[": 1, "{": 1, "]": -1, "}": -1 };
const longestEntry = 100_000;
const formats =
  'a list of { "code", "centre": { "coordinates": [longitude, latitude] } }, or a map of INSEE codes to [longitude, latitude]';

/** Splits the outermost list or map into its entries. Chunks may end anywhere. */
export class CentroidReader {
  private bracket = "";
  private depth = 0;
  private inText = false;
  private escaped = false;
  private entry = "";
  private number = 0;
  private closed = false;

  /** Takes the next chunk and returns the entries that it completes. */
  push(chunk: string): CentroidEntry[] {
    const found: CentroidEntry[] = [];
    for (const character of chunk) {
      const done = this.inText ? this.readText(character) : this.readStructure(character);
      if (done !== null) found.push(this.entryFrom(done));
    }
    if (this.entry.length > longestEntry) throw this.fault("is longer than an entry can be");
    return found;
  }

  /** Call at the end of the file. Throws if the file is truncated. */
  end(): void {
    if (!this.closed) throw invalid(`The file ends before it is complete. It must be ${formats}.`);
  }

  private readText(character: string): null {
    this.entry += character;
    if (this.escaped) this.escaped = false;
    else if (character === "\\") this.escaped = true;
    else if (character === '"') this.inText = false;
    return null;
  }

  private readStructure(character: string): string | null {
    if (this.depth === 0) return this.readOutside(character);
    if (character === '"') this.inText = true;
    this.depth += steps[character] ?? 0;
    if (this.depth === 0) {
      this.closed = true;
      return this.cut(true);
    }
    if (this.depth === 1 && character === ",") return this.cut(false);
    this.entry += character;
    return null;
  }

  private readOutside(character: string): null {
    if (/[\s\uFEFF]/.test(character)) return null;
    if (this.closed || (character !== "[" && character !== "{")) {
      throw invalid(`This is not a file of centroids. It must be ${formats}.`);
    }
    this.bracket = character;
    this.depth = 1;
    return null;
  }

  /** Returns the text of the entry, or null for an empty list or map. */
  private cut(isLast: boolean): string | null {
    const text = this.entry.trim();
    this.entry = "";
    if (isLast && text === "" && this.number === 0) return null;
    this.number += 1;
    return text;
  }

  private entryFrom(text: string): CentroidEntry {
    try {
      if (this.bracket === "[") return this.listEntry(JSON.parse(text));
      const [[code, point] = []] = Object.entries(JSON.parse(`{${text}}`) as object);
      return { inseeCode: this.code(code), position: this.position(point) };
    } catch (error) {
      if (error instanceof SyntaxError) throw this.fault("is not valid JSON");
      throw error;
    }
  }

  private listEntry(value: unknown): CentroidEntry {
    const { code, centre } = (value ?? {}) as { code?: unknown; centre?: { coordinates?: unknown } | null };
    return {
      inseeCode: this.code(code),
      position: centre == null ? null : this.position(centre.coordinates),
    };
  }

  private code(value: unknown): string {
    if (typeof value === "string" && /^\d[\dAB]\d{3}$/.test(value)) return value;
    throw this.fault("has no INSEE code of five characters");
  }

  private position(value: unknown): Position {
    const [longitude, latitude, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
    if (typeof longitude === "number" && typeof latitude === "number" && more.length === 0) {
      if (isPosition({ longitude, latitude })) return { longitude, latitude };
    }
    throw this.fault("has no [longitude, latitude] in degrees");
  }

  private fault(what: string): Error {
    return invalid(`Entry ${this.number} ${what}. The file must be ${formats}. Nothing was imported.`);
  }
}
