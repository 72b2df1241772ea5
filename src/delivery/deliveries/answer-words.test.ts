import type { AnswerValue, FormField } from "../../reference/catalogue";
import { answerText } from "./answer-words";

const label = { FR: "Question", EN: "Question" };
const options = [
  { value: "NOW", label: { FR: "Tout de suite", EN: "At once" } },
  { value: "LATER", label: { FR: "Plus tard", EN: "Later" } },
];
const field = (type: FormField["type"], more: Partial<FormField> = {}): FormField => ({
  ...{ id: "q", label, type, required: true, servesFor: label },
  ...more,
});

// Intl groups digits with a narrow no-break space in French.
const plain = (text: string): string => text.replaceAll(/\s/gu, " ");

it.each<[FormField, AnswerValue, string, string]>([
  [field("BOOLEAN"), true, "Oui", "Yes"],
  [field("BOOLEAN"), false, "Non", "No"],
  [field("CHOICE", { options }), "NOW", "Tout de suite", "At once"],
  [field("CHOICE", { options }), "GONE", "GONE", "GONE"],
  [field("MULTICHOICE", { options }), ["NOW", "LATER"], "Tout de suite, Plus tard", "At once, Later"],
  [field("NUMBER", { unit: "km" }), 20_000.5, "20 000,5 km", "20,000.5 km"],
  [field("NUMBER"), 2019, "2019", "2019"],
  [field("DATE"), "2026-11-30", "30 novembre 2026", "30 November 2026"],
  [field("TEXT"), "Plutôt le matin.", "Plutôt le matin.", "Plutôt le matin."],
])("%j %j", (question, value, french, english) => {
  expect([plain(answerText(question, value, "FR")), plain(answerText(question, value, "EN"))]).toEqual([
    french,
    english,
  ]);
});
