import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { Month } from "../../platform/graphql/dates";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import type { BookedService } from "./booked.service";
import { Booked } from "./booked.types";
import type { ReconciliationService } from "./reconciliation.service";
import { Comparison, Reconciliation } from "./reconciliation.types";

@Resolver(() => Comparison)
export class ReconciliationResolver {
  constructor(
    private readonly transact: Transact,
    private readonly service: ReconciliationService,
    private readonly causes: BookedService,
  ) {}

  @Query(() => Reconciliation, {
    description: "Compares a month step by step, from the leads to the bank.",
  })
  async reconciliation(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month to compare, in Paris time." }) month: string,
  ): Promise<Reconciliation> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.service.of(tx, month));
  }

  @Query(() => Booked, {
    description:
      "Everything the books contain about the subject of a difference. NOT_FOUND if they contain nothing.",
  })
  async booked(
    @Ctx() context: RequestContext,
    @Arg("subject", () => String, {
      description:
        "A lead's id, a document's id or number, the id of a payment, refund or payout, or the bank's reference.",
    })
    subject: string,
  ): Promise<Booked> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.causes.of(tx, subject));
  }

  @FieldResolver(() => String, { description: "The left side in words." })
  left(@Root() { words }: Comparison, @LanguageArg("EN") language: Language | null): string {
    return words.left[language ?? "EN"];
  }

  @FieldResolver(() => String, { description: "The right side in words." })
  right(@Root() { words }: Comparison, @LanguageArg("EN") language: Language | null): string {
    return words.right[language ?? "EN"];
  }
}
