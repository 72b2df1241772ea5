import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Cents } from "../../platform/graphql/scalars";
import { ruleWords, type RuleName } from "./rule-words";

const names = Object.keys(ruleWords) as RuleName[];

export const LedgerRule = Object.fromEntries(names.map((name) => [name, name])) as Record<RuleName, RuleName>;
registerEnumType(LedgerRule, {
  name: "LedgerRule",
  description: "A rule of the books. The descriptions say what is wrong when it is violated.",
  valuesConfig: Object.fromEntries(
    names.map((name) => [name, { description: sentenceOf(ruleWords[name].EN) }]),
  ),
});

@ObjectType({ description: "A violation of a rule of the books." })
export class LedgerFault {
  @Field(() => LedgerRule, { description: "The rule that is violated." }) rule: RuleName;
  @Field(() => String, {
    description: "Where: the id of a supplier or lead, a document, an entry or an account.",
  })
  subject: string;
  @Field(() => Cents, { description: "The difference in cents; for a gap in numbers, how many are missing." })
  cents: number;
}

@ObjectType({ description: "The result of checking every rule on one snapshot of the books." })
export class LedgerProof {
  @Field(() => Int, { description: "Number of rules checked." }) rules: number;
  @Field(() => Int, { description: "Number of postings in the subledger." }) postings: number;
  @Field(() => Int, { description: "Number of entries in the general ledger." }) entries: number;
  @Field(() => Int, { description: "Number of documents issued." }) documents: number;
  @Field(() => [LedgerFault], { description: "Empty when the books are correct. At most 20 per rule." })
  faults: readonly LedgerFault[];
}

function sentenceOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
