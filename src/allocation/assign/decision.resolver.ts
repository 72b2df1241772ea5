import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Language as LanguageCode } from "../../reference/catalogue";
import { Language } from "../../platform/graphql/language";
import { principalOf, type RequestContext } from "../../access/identity";
import { DateTime } from "../../platform/graphql/scalars";
import type { DecisionBook } from "./decision-book.service";
import { DecisionVerdict, ReplayedSpan, RequestDecisions, toRequestDecisions } from "./decision.types";
import type { ReplaySpan } from "./replay-span.service";

@Resolver()
export class DecisionResolver {
  constructor(
    private readonly decisions: DecisionBook,
    private readonly spans: ReplaySpan,
  ) {}

  @Query(() => RequestDecisions, {
    description:
      "Why a request went to the suppliers it went to: every decision about it, replayed. Each use is audited.",
  })
  async decision(
    @Ctx() context: RequestContext,
    @Arg("reference", () => ID) reference: string,
  ): Promise<RequestDecisions> {
    const { consumer } = principalOf(context);
    return toRequestDecisions(reference, await this.decisions.replayed(reference, consumer));
  }

  @Query(() => ReplayedSpan, {
    description:
      "Replays every decision of a time span, at most 20,000; split a busy day into several spans. Each use is audited.",
  })
  async replayDecisions(
    @Ctx() context: RequestContext,
    @Arg("from", () => DateTime) from: Date,
    @Arg("until", () => DateTime, { description: "Exclusive." }) until: Date,
  ): Promise<ReplayedSpan> {
    const { consumer } = principalOf(context);
    return this.spans.between({ from, until }, consumer);
  }
}

@Resolver(() => DecisionVerdict)
export class DecisionVerdictResolver {
  @FieldResolver(() => String, { description: "The reason in words." })
  text(
    @Root() { explained }: DecisionVerdict,
    @Arg("language", () => Language, { defaultValue: "FR" }) language: LanguageCode,
  ): string {
    return explained.text[language];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What would have changed it, such as "12 km instead of 8"; null where nothing of the need, of time or of a cap would have.',
  })
  change(
    @Root() { explained }: DecisionVerdict,
    @Arg("language", () => Language, { defaultValue: "FR" }) language: LanguageCode,
  ): string | null {
    return explained.change?.[language] ?? null;
  }
}
