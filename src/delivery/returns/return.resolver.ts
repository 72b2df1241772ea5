import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { liveOnly, principalOf, scopeOf, supplierScopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { After, First, IdempotencyKey, OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Month } from "../../platform/graphql/dates";
import { spanOfMonth } from "../../shared/accounting-month";
import type { ReturnBook } from "./return-book.service";
import {
  LeadReturn,
  LeadReturnConnection,
  RequestReturnResult,
  ReturnFilter,
  ReturnInput,
  ReturnOrder,
  ReturnRate,
  ReturnRateConnection,
  toRefused,
  toReturn,
  type ReturnRefused,
} from "./return.types";
import type { ReturnsService } from "./returns.service";

export interface ReturnResolverDeps {
  readonly transact: Transact;
  readonly returns: ReturnsService;
  readonly book: ReturnBook;
}

/** The key of a form site, as it is stored with a lead. */
const sourceShape = /^.{1,200}$/u;

@Resolver()
export class ReturnResolver {
  constructor(private readonly deps: ReturnResolverDeps) {}

  @Mutation(() => RequestReturnResult, {
    description:
      "Returns a lead. The request is decided at once where our records show the answer, otherwise by our staff before a deadline. All faults of the input are reported at once.",
  })
  async requestReturn(
    @Ctx() context: RequestContext,
    @Arg("input", () => ReturnInput, { description: "The lead to return, and why." }) input: ReturnInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<LeadReturn | ReturnRefused> {
    liveOnly(context);
    const asking = { scope: supplierScopeOf(context), by: principalOf(context) };
    const { leadId, reason, attempts, comment } = input;
    const request = { leadId, reason, attempts: attempts ?? [], comment: comment ?? null };
    const asked = await this.deps.returns.request(asking, request, key ?? null);
    if ("refusal" in asked) return toRefused(asked.refusal);
    return toReturn(await this.deps.transact(asking.scope, (tx) => this.deps.book.one(tx, asked.id)));
  }

  @Mutation(() => LeadReturn, {
    description:
      "Withdraws a return that is not decided yet, such as one that you asked for by mistake. The charge stands, the feed tells your other clients by a ReturnDecided, and the lead can be returned again. Withdrawing it again changes nothing; CONFLICT with the reason ALREADY_DECIDED once it was decided.",
  })
  async withdrawReturn(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The return." }) id: string,
  ): Promise<LeadReturn> {
    liveOnly(context);
    const asking = { scope: supplierScopeOf(context), by: principalOf(context) };
    return toReturn(await this.deps.returns.withdraw(asking, id));
  }

  @Mutation(() => LeadReturn, {
    description:
      "Accepts or rejects a return, and credits the charge of an accepted one. CONFLICT with the reason ALREADY_DECIDED if it was decided before.",
  })
  async decideReturn(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The return." }) id: string,
    @Arg("accept", () => Boolean, { description: "Whether the charge is credited." }) accept: boolean,
    @IdempotencyKey() key: string,
  ): Promise<LeadReturn> {
    return toReturn(await this.deps.returns.decide(principalOf(context), { id, accept, key }));
  }

  @Query(() => LeadReturnConnection, {
    description: "Returns, the newest first: a supplier reads its own, and staff read all.",
  })
  async returns(
    @Ctx() context: RequestContext,
    @Arg("filter", () => ReturnFilter, { nullable: true, description: "Without it, all are listed." })
    filter: ReturnFilter | null,
    @Arg("order", () => ReturnOrder, { nullable: true, description: "By default NEWEST." })
    order: keyof typeof ReturnOrder | null,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<LeadReturn>> {
    const size = pageSize(first);
    const page = {
      status: filter?.status ?? null,
      reason: filter?.reason ?? null,
      supplierId: filter?.supplierId ?? null,
      order: order ?? "NEWEST",
      after: readKey(after, [keyShape.time, keyShape.id]),
      limit: size + 1,
    };
    const rows = await this.deps.transact(scopeOf(principalOf(context)), (tx) =>
      this.deps.book.page(tx, page),
    );
    return toConnection(rows, size, {
      node: toReturn,
      key: ({ requestedAt, id }) => [requestedAt.toISOString(), id],
    });
  }

  @Query(() => ReturnRateConnection, {
    description: "Return rates by supplier and form site, for the leads delivered in a month.",
  })
  async returnRates(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month in which the leads were delivered." })
    month: string,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<ReturnRate>> {
    const size = pageSize(first);
    const page = { after: readKey(after, [keyShape.id, sourceShape]), limit: size + 1 };
    const rows = await this.deps.transact(scopeOf(principalOf(context)), (tx) =>
      this.deps.book.rates(tx, spanOfMonth(month), page),
    );
    return toConnection(rows, size, {
      node: (rate) => Object.assign(new ReturnRate(), rate),
      key: ({ supplierId, source }) => [supplierId, source],
    });
  }
}
