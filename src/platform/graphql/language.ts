/** One way to choose a language: an argument of the field whose words are wanted. */
import { Arg, registerEnumType } from "type-graphql";
import type { Language as Code } from "../../shared/language";

export const Language: Readonly<Record<Code, Code>> = { FR: "FR", EN: "EN" };
registerEnumType(Language, {
  name: "Language",
  description: "A language of the words that people read. Codes and names of fields are always English.",
  valuesConfig: { FR: { description: "French." }, EN: { description: "English." } },
});

/** `byDefault` says which words come when the argument is absent, as they did before it existed. */
export const LanguageArg = (byDefault: Code): ParameterDecorator =>
  Arg("language", () => Language, {
    nullable: true,
    description: `The language of the words. Without it: ${byDefault === "FR" ? "French" : "English"}.`,
  }) as ParameterDecorator;
