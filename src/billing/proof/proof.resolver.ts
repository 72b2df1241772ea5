import { FieldResolver, Query, Resolver, Root } from "type-graphql";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import type { ProofService } from "./proof.service";
import { LedgerFault, LedgerProof } from "./proof.types";
import { ruleWords } from "./rule-words";

@Resolver(() => LedgerFault)
export class ProofResolver {
  constructor(private readonly proof: ProofService) {}

  @Query(() => LedgerProof, {
    description: "Checks every rule of the books on one snapshot and lists the violations.",
  })
  ledgerProof(): Promise<LedgerProof> {
    return this.proof.prove();
  }

  @FieldResolver(() => String, { description: "What is wrong." })
  text(@Root() { rule }: LedgerFault, @LanguageArg("EN") language: Language | null): string {
    return ruleWords[rule][language ?? "EN"];
  }
}
