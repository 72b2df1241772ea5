/** Shorthand for the options of a form. */
import { type FormOption } from "./form";

/** An option with the same label in every language, such as a make. */
export const named = (value: string, name: string): FormOption => ({ value, label: { FR: name, EN: name } });

export const option = (value: string, french: string, english: string): FormOption => ({
  value,
  label: { FR: french, EN: english },
});
