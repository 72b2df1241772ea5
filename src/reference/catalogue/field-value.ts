/**
 * Is this value valid for this field? Both people's answers and campaigns' criteria are read here, so that the two can
 * always be compared. For MULTICHOICE it reads one option, not the list.
 */
import { DateTime } from "luxon";
import { invalid, type AppError } from "../../shared/errors";
import { type FormField } from "./form";
import { unitText } from "./unit-text";

const textLimit = 1000;

/** Returns the normalised value. Throws INVALID_INPUT with the field and the correction. */
export function readValue(field: FormField, value: unknown): string | number | boolean {
  switch (field.type) {
    case "CHOICE":
    case "MULTICHOICE":
      return readOption(field, value);
    case "NUMBER":
      return readNumber(field, value);
    case "BOOLEAN":
      if (typeof value !== "boolean") throw malformed(`Field ${field.id} takes true or false.`);
      return value;
    case "DATE":
      return readDate(field, value);
    case "TEXT":
      return readText(field, value);
  }
}

function readOption(field: FormField, value: unknown): string {
  const options = (field.options ?? []).map((option) => option.value);
  if (typeof value === "string" && options.includes(value)) return value;
  const howMany = field.type === "MULTICHOICE" ? "options out of" : "one of";
  throw invalid(`Field ${field.id} takes ${howMany}: ${options.join(", ")}.`, {
    reason: "UNKNOWN_VALUE",
    values: options,
  });
}

function readNumber(field: FormField, value: unknown): number {
  const { id, min = -Infinity, max = Infinity } = field;
  if (typeof value !== "number" || !Number.isFinite(value)) throw malformed(`Field ${id} takes a number.`);
  if (value < min || value > max) throw invalid(`Field ${id} ${rangeOf(field)}.`, { reason: "OUT_OF_RANGE" });
  // JSON does not keep a negative zero, so a decision based on one could not be replayed.
  return value === 0 ? 0 : value;
}

function rangeOf({ min, max, unit }: FormField): string {
  const suffix = unit ? ` ${unitText(unit, "EN")}` : "";
  if (min === undefined) return `is at most ${max ?? ""}${suffix}`;
  if (max === undefined) return `is at least ${min}${suffix}`;
  return `is from ${min} to ${max}${suffix}`;
}

function readDate(field: FormField, value: unknown): string {
  const isDate =
    typeof value === "string" &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    DateTime.fromISO(value, { zone: "utc" }).isValid;
  if (!isDate) throw malformed(`Field ${field.id} takes a date of the calendar, written YYYY-MM-DD.`);
  return value;
}

function readText(field: FormField, value: unknown): string {
  if (typeof value !== "string") throw malformed(`Field ${field.id} takes text.`);
  const text = value.replace(/\r\n?/g, "\n").trim();
  const length = Array.from(text).length;
  if (length < 1 || length > textLimit) {
    throw invalid(`Field ${field.id} takes 1 to ${textLimit} characters; to say nothing, leave it out.`, {
      reason: length < 1 ? "EMPTY" : "TOO_LONG",
    });
  }
  // Line breaks are allowed. Other control characters and lone surrogates cannot be stored or shown.
  if (/[^\P{Cc}\n]|\p{Cs}/u.test(text))
    throw malformed(`Field ${field.id} contains control characters: remove them.`);
  return text;
}

const malformed = (message: string): AppError => invalid(message, { reason: "MALFORMED" });
