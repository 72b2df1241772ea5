/**
 * Which campaigns accept an answer to one field, as far as they ask about choices (`oneOf`, `noneOf`,
 * `isSet`)? Ranges are range-dimension.ts. A new row is built from the sets of campaigns that name each
 * value; when one campaign changes, the cached rows are updated by evaluating its criterion.
 */
import { meets, type AnsweredFields, type Criterion } from "../../../offers/campaigns";
import type { AnswerValue } from "../../../reference/catalogue";
import type { Words } from "./bits";
import { HandleSet } from "./handle-set";
import { allHandles, RowCache, Row } from "./row-cache";
import { answerTo } from "./index-query";

/** More than any form has car models. Rebuilding a row costs as much as several queries. */
const rowsKept = 512;

type Value = Exclude<AnswerValue, readonly string[]>;
interface ChoiceRow {
  readonly key: unknown;
  readonly facts: AnsweredFields;
  readonly row: Row;
}

const unanswered = Symbol("unanswered");
const answeredByText = Symbol("answered by text");

/** A test of choices has no bounds, so the date does not matter to it. */
const noDay = "";

export class ChoiceDimension {
  private readonly accepting = new Map<Value, HandleSet>();
  private readonly rejecting = new Map<Value, HandleSet>();
  /** The campaigns that require one of a list, any value at all, an answer, or no answer. */
  private readonly withOneOf = new HandleSet();
  private readonly needsValue = new HandleSet();
  private readonly needsAnswer = new HandleSet();
  private readonly needsNone = new HandleSet();
  private readonly rows = new RowCache<unknown, ChoiceRow>(rowsKept);
  private readonly asking = new HandleSet();

  constructor(private readonly field: string) {}

  /** How many campaigns ask anything about this field. */
  get size(): number {
    return this.asking.size;
  }

  add(handle: number, criterion: Criterion): void {
    const { oneOf, noneOf } = criterion;
    this.asking.add(handle);
    putIn(this.accepting, oneOf, handle);
    putIn(this.rejecting, noneOf, handle);
    if (oneOf) this.withOneOf.add(handle);
    if (oneOf ?? noneOf) this.needsValue.add(handle);
    if (criterion.isSet !== undefined) (criterion.isSet ? this.needsAnswer : this.needsNone).add(handle);
    for (const { row, facts } of this.rows.all()) row.put(handle, meets(criterion, facts, noDay));
  }

  /** Afterwards the handle passes every row. */
  remove(handle: number): void {
    for (const set of [this.withOneOf, this.needsValue, this.needsAnswer, this.needsNone]) set.delete(handle);
    for (const sets of [this.accepting, this.rejecting]) takeOut(sets, handle);
    if (this.asking.has(handle)) for (const { row } of this.rows.all()) row.put(handle, true);
    this.asking.delete(handle);
  }

  rowFor(facts: AnsweredFields, length: number): Row {
    const key = this.keyOf(facts);
    const kept = this.rows.get(key);
    if (kept) return kept.row;
    return this.rows.keep({ key, facts: this.factsOf(facts), row: this.rowOf(facts, length) }).row;
  }

  forgetRows(): void {
    this.rows.clear();
  }

  private keyOf(facts: AnsweredFields): unknown {
    const answer = answerTo(this.field, facts);
    if (answer === undefined) return facts.textsAnswered.includes(this.field) ? answeredByText : unanswered;
    const values: readonly Value[] = typeof answer === "object" ? answer : [answer];
    const [only] = values;
    // A list of one value passes like the value itself. A text that starts with a bracket is encoded as a
    // list so that it cannot be mistaken for one.
    const isPlain = values.length === 1 && !(typeof only === "string" && only.startsWith("["));
    return isPlain ? only : JSON.stringify(values);
  }

  /** Only the part of the need that concerns this field: the cache must not retain whole needs. */
  private factsOf(facts: AnsweredFields): AnsweredFields {
    const answer = answerTo(this.field, facts);
    return {
      answers: answer === undefined ? {} : { [this.field]: answer },
      textsAnswered: facts.textsAnswered.includes(this.field) ? [this.field] : [],
    };
  }

  private rowOf(facts: AnsweredFields, length: number): Row {
    const answer = answerTo(this.field, facts);
    const words = allHandles(length);
    if (answer === undefined) {
      this.needsValue.removeFrom(words);
      const isText = facts.textsAnswered.includes(this.field);
      (isText ? this.needsNone : this.needsAnswer).removeFrom(words);
    } else this.filterByValues(words, typeof answer === "object" ? answer : [answer]);
    return new Row(words);
  }

  private filterByValues(words: Words, values: readonly Value[]): void {
    this.withOneOf.removeFrom(words);
    for (const value of values) this.accepting.get(value)?.addTo(words);
    for (const value of values) this.rejecting.get(value)?.removeFrom(words);
    this.needsNone.removeFrom(words);
  }
}

function putIn(
  sets: Map<Value, HandleSet>,
  values: readonly AnswerValue[] | undefined,
  handle: number,
): void {
  for (const value of (values ?? []) as readonly Value[]) {
    const set = sets.get(value) ?? new HandleSet();
    sets.set(value, set);
    set.add(handle);
  }
}

function takeOut(sets: Map<Value, HandleSet>, handle: number): void {
  for (const [value, set] of sets) {
    set.delete(handle);
    if (set.size === 0) sets.delete(value);
  }
}
