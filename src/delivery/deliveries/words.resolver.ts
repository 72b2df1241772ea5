/** The fields of a lead that are words, in the language that the reader asks for. */
import { FieldResolver, Resolver, Root } from "type-graphql";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import { answerText } from "./answer-words";
import { Answer, Reason } from "./lead.types";
import { reasonText } from "./why-words";

@Resolver(() => Answer)
export class AnswerResolver {
  @FieldResolver(() => String, { description: "The question, as the form worded it." })
  label(@Root() { view }: Answer, @LanguageArg("FR") language: Language | null): string {
    return view.question.label[language ?? "FR"];
  }

  @FieldResolver(() => String, {
    description:
      "The answer in words: the labels of options, yes or no, a date, or a number with its unit. What the person wrote stays as it is.",
  })
  text(@Root() { view }: Answer, @LanguageArg("FR") language: Language | null): string {
    return answerText(view.question, view.value, language ?? "FR");
  }
}

@Resolver(() => Reason)
export class ReasonResolver {
  @FieldResolver(() => String, {
    description: "The reason in words. Leads from before the argument existed have English words only.",
  })
  text(@Root() { reason }: Reason, @LanguageArg("EN") language: Language | null): string {
    return reasonText(reason, language ?? "EN");
  }
}
