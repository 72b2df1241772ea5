import { FieldResolver, Resolver, Root } from "type-graphql";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import { Explanation } from "./insights.types";

@Resolver(() => Explanation)
export class ExplanationResolver {
  @FieldResolver(() => String, { description: "The sentence." })
  text(@Root() { fr, en }: Explanation, @LanguageArg("FR") language: Language | null): string {
    return language === "EN" ? en : fr;
  }
}
