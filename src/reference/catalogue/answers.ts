/**
 * Are these answers valid for this form? Facts are returned typed and normalised. A person's own words (TEXT) are
 * returned separately, because they are personal data and never take part in a decision. Messages name the field and
 * the correction, never the value.
 */
import { invalid, type AppError } from "../../shared/errors";
import { checkEach, checkField, checkTogether } from "../../shared/faults";
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

/** Throws INVALID_INPUT with all faults; their fields are paths inside the list, such as `[0].value`. */
export function checkAnswers(form: Form, inputs: readonly AnswerInput[]): CheckedAnswers {
  const given = new Map<string, AnswerValue>();
  checkTogether(
    () => {
      const answered = new Set<string>();
      checkEach(inputs, ({ field: id, value }) => {
        const field = checkField("field", () => fieldToAnswer(form, id, answered));
        answered.add(id);
        given.set(
          id,
          checkField("value", () => readAnswer(field, value)),
        );
      });
    },
    () => {
      checkRequired(form, new Set(inputs.map(({ field }) => field)));
    },
  );
  return separate(form, given);
}

function fieldToAnswer(form: Form, id: string, answered: ReadonlySet<string>): FormField {
  const field = form.fields.find((one) => one.id === id);
  if (!field) throw unknownField(id, form);
  if (answered.has(id))
    throw invalid(`Field ${id} is answered twice: answer it once.`, { reason: "DUPLICATE" });
  return field;
}

/** The faults have no field, because what is missing is not in the list; `missing` is the id in the form. */
function checkRequired(form: Form, answered: ReadonlySet<string>): void {
  const missing = form.fields.filter(({ id, required }) => required && !answered.has(id));
  checkTogether(
    ...missing.map(({ id }) => () => {
      throw invalid(`Field ${id} is required: answer it.`, { reason: "REQUIRED", missing: id });
    }),
  );
}

/** The error for an unknown field: it lists the fields of the form. */
export function unknownField(id: string, form: Form): AppError {
  const values = form.fields.map((field) => field.id);
  const subject = /^[\w.-]{1,40}$/.test(id) ? `There is no field ${id}` : "There is no such field";
  return invalid(`${subject} in the form of ${form.product}: the fields are ${values.join(", ")}.`, {
    reason: "UNKNOWN_VALUE",
    values,
  });
}

function readAnswer(field: FormField, value: unknown): AnswerValue {
  if (field.type !== "MULTICHOICE") return readValue(field, value);
  if (!Array.isArray(value) || value.length === 0) {
    throw invalid(
      `Field ${field.id} takes a list of at least one option; to express no preference, leave it out.`,
      { reason: Array.isArray(value) ? "EMPTY" : "MALFORMED" },
    );
  }
  const chosen = checkEach(value, (one) => String(readValue(field, one)));
  if (new Set(chosen).size < chosen.length)
    throw invalid(`Field ${field.id} names an option twice: name it once.`, { reason: "DUPLICATE" });
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
