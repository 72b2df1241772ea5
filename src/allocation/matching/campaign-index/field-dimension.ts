/** Everything that campaigns ask about one field: choices, and ranges of numbers or dates. */
import type { AnsweredFields } from "../../../offers/campaigns";
import { ChoiceDimension } from "./choice-dimension";
import type { CompiledCriterion } from "./compiled-criterion";
import type { Row } from "./row-cache";
import { answerTo } from "./index-query";
import { RangeDimension } from "./range-dimension";
import type { Recheck } from "./intersect-rows";

/** The rows that a need must pass, and the handles that need an individual check. */
export interface Rows {
  readonly rows: Row[];
  readonly rechecks: Recheck[];
}

export class FieldDimension {
  private readonly choices: ChoiceDimension;
  private readonly ranges = { NUMBER: new RangeDimension("NUMBER"), DATE: new RangeDimension("DATE") };

  constructor(private readonly field: string) {
    this.choices = new ChoiceDimension(field);
  }

  get size(): number {
    return this.choices.size + this.ranges.NUMBER.size + this.ranges.DATE.size;
  }

  add(handle: number, { choice, range }: CompiledCriterion): void {
    if (choice) this.choices.add(handle, choice);
    if (range) this.ranges[range.kind].add(handle, range);
  }

  remove(handle: number): void {
    this.choices.remove(handle);
    this.ranges.NUMBER.remove(handle);
    this.ranges.DATE.remove(handle);
  }

  /** Adds the rows and rechecks for this field. Adds nothing for tests that no campaign makes. */
  ask(facts: AnsweredFields, { rows, rechecks }: Rows, length: number): void {
    if (this.choices.size > 0) rows.push(this.choices.rowFor(facts, length));
    const answer = answerTo(this.field, facts);
    for (const ranges of [this.ranges.NUMBER, this.ranges.DATE]) {
      if (ranges.size === 0) continue;
      const { row, recheck } = ranges.rowFor(answer, length);
      rows.push(row);
      if (recheck.size > 0)
        rechecks.push({ words: recheck.words, admits: (handle) => ranges.holds(handle, answer) });
    }
  }

  /** Whether the ranges accept the answer, compared exactly. */
  holds(handle: number, facts: AnsweredFields): boolean {
    const answer = answerTo(this.field, facts);
    return this.ranges.NUMBER.holds(handle, answer) && this.ranges.DATE.holds(handle, answer);
  }

  forgetRows(): void {
    this.choices.forgetRows();
    this.ranges.NUMBER.forgetRows();
    this.ranges.DATE.forgetRows();
  }
}
