import { FieldResolver, Resolver, Root } from "type-graphql";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import { NotSent } from "./person.types";

@Resolver(() => NotSent)
export class NotSentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "For ANSWER, the question as worded in the form; null for other reasons.",
  })
  question(@Root() { words }: NotSent, @LanguageArg("FR") language: Language | null): string | null {
    return words && words[language ?? "FR"];
  }
}
