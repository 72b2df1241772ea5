/** Short ways to write down a form's options; what they mean to people stands in the labels. */
import { type FormOption } from "./form";

/** The same word in every language, as for names of makes. */
export const named = (value: string, name: string): FormOption => ({ value, label: { FR: name, EN: name } });

export const option = (value: string, french: string, english: string): FormOption => ({
  value,
  label: { FR: french, EN: english },
});
