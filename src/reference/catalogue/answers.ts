/**
 * Are these answers valid for this form? Facts are returned typed and normalised. A person's own words (TEXT) are
 * returned separately, because they are personal data and never take part in a decision. Messages name the field and
 * the correction, never the value.
 */
import { invalid } from "../../shared/errors";
import { readValue } from "./field-value";
import { type AnswerValue, type Answers, type Form, type FormField } from "./form";

export interface AnswerInput {
  readonly field: string;
  readonly value: unknown;
}

export interface CheckedAnswers {
  /** All answers except TEXT; matching uses these. */
  readonly answers: Answers;
  /** The TEXT answers, which are encrypted with the person's data. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Checks all answers. Throws INVALID_INPUT for the first wrong one. */
export function checkAnswers(form: Form, inputs: readonly AnswerInput[]): CheckedAnswers {
  const fields = new Map(form.fields.map((field) => [field.id, field]));
  const given = new Map<string, AnswerValue>();
  for (const { field: id, value } of inputs) {
    const field = fields.get(id);
    if (!field) throw invalid(unknownField(id, form));
    if (given.has(id)) throw invalid(`Field ${id} is answered twice: answer it once.`);
    given.set(id, readAnswer(field, value));
  }
  const missing = form.fields.find((field) => field.required && !given.has(field.id));
  if (missing) throw invalid(`Field ${missing.id} is required: answer it.`);
  return separate(form, given);
}

/** The message for an unknown field: it lists the fields of the form. */
export function unknownField(id: string, form: Form): string {
  const known = form.fields.map((field) => field.id).join(", ");
  const subject = /^[\w.-]{1,40}$/.test(id) ? `There is no field ${id}` : "There is no such field";
  return `${subject} in the form of ${form.product}: the fields are ${known}.`;
}

function readAnswer(field: FormField, value: unknown): AnswerValue {
  if (field.type !== "MULTICHOICE") return readValue(field, value);
  if (!Array.isArray(value) || value.length === 0) {
    throw invalid(
      `Field ${field.id} takes a list of at least one option; to express no preference, leave it out.`,
    );
  }
  const chosen = value.map((one) => String(readValue(field, one)));
  if (new Set(chosen).size < chosen.length)
    throw invalid(`Field ${field.id} names an option twice: name it once.`);
  // In the form's order, so that the same choices always give the same list.
  return (field.options ?? []).map((option) => option.value).filter((option) => chosen.includes(option));
}

function separate(form: Form, given: ReadonlyMap<string, AnswerValue>): CheckedAnswers {
  const isText = new Set(form.fields.filter((field) => field.type === "TEXT").map((field) => field.id));
  const entries = [...given];
  return {
    answers: Object.fromEntries(entries.filter(([id]) => !isText.has(id))),
    texts: Object.fromEntries(
      entries.flatMap(([id, value]) => (isText.has(id) && typeof value === "string" ? [[id, value]] : [])),
    ),
  };
}
