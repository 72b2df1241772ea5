import { Arg, ID, Query, Resolver } from "type-graphql";
import type { DecisionBook } from "./decision-book.service";
import { RequestDecisions, toRequestDecisions } from "./decision.types";

@Resolver()
export class DecisionResolver {
  constructor(private readonly decisions: DecisionBook) {}

  @Query(() => RequestDecisions, {
    description: "Why a request went to whom it went, each decision replayed.",
  })
  async decision(@Arg("reference", () => ID) reference: string): Promise<RequestDecisions> {
    return toRequestDecisions(reference, await this.decisions.replayed(reference));
  }
}
