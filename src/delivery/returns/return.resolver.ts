import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Lead } from "../deliveries/lead.types";
import {
  principalOf,
  remembered,
  scopeOf,
  supplierScopeOf,
  liveOnly,
  type RequestContext,
} from "../../access/identity";
import type { Transact } from "../../platform/database";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import { spanOfMonth } from "../../shared/accounting-month";
import type { ReturnDesk } from "./return-desk.service";
import type { ReturnBook } from "./return-book.service";
import type { ReturnsService } from "./returns.service";
import type { ReturnView } from "./return-view";
import {
  LeadReturn,
  RequestReturnResult,
  ReturnInput,
  ReturnRate,
  ReturnToDecideConnection,
  toReturn,
  type ReturnRefused,
  type ReturnToDecide,
} from "./return.types";

const returnsKey = Symbol("returns by lead");

export interface ReturnResolverDeps {
  readonly transact: Transact;
  readonly returns: ReturnsService;
  readonly book: ReturnBook;
  readonly desk: ReturnDesk;
}

@Resolver(() => Lead)
export class ReturnResolver {
  constructor(private readonly deps: ReturnResolverDeps) {}

  @Mutation(() => RequestReturnResult, {
    description:
      "Returns a lead. The request is decided at once where our records show the answer, otherwise by our staff before a deadline.",
  })
  async requestReturn(
    @Ctx() context: RequestContext,
    @Arg("input", () => ReturnInput) input: ReturnInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<LeadReturn | ReturnRefused> {
    liveOnly(context);
    const asking = { scope: supplierScopeOf(context), by: principalOf(context) };
    const { leadId, reason, attempts, comment } = input;
    const request = { leadId, reason, attempts: attempts ?? [], comment: comment ?? null };
    const asked = await this.deps.returns.request(asking, request, key ?? null);
    if ("refusal" in asked) return asked;
    return toReturn(await this.deps.transact(asking.scope, (tx) => this.deps.book.one(tx, asked.id)));
  }

  @Mutation(() => LeadReturn, {
    description: "Accepts or rejects a return. CONFLICT if it was already decided.",
  })
  async decideReturn(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("accept", () => Boolean) accept: boolean,
  ): Promise<LeadReturn> {
    return toReturn(await this.deps.returns.decide(principalOf(context), { id, accept }));
  }

  @Query(() => ReturnToDecideConnection, {
    description: "Returns that wait for a decision by staff, the most urgent first.",
  })
  async returnsToDecide(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<Connection<ReturnToDecide>> {
    const limit = pageSize(first);
    const rows = await this.deps.desk.pending(readKey(after, [keyShape.time, keyShape.id]), limit + 1);
    return toConnection(rows, limit, {
      node: ({ attempts, comment, supplierId, ...view }) => ({
        ...{ return: toReturn({ ...view, supplierId }), supplierId, attempts, comment },
      }),
      key: ({ decideBy, id }) => [(decideBy ?? new Date(0)).toISOString(), id],
    });
  }

  @Query(() => [ReturnRate], {
    description: "Return rates by supplier and source, for the leads delivered in a month.",
  })
  async returnRates(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, { description: "YYYY-MM" }) month: string,
  ): Promise<ReturnRate[]> {
    return this.deps.transact(scopeOf(principalOf(context)), (tx) =>
      this.deps.book.rates(tx, spanOfMonth(month)),
    );
  }

  @FieldResolver(() => LeadReturn, {
    nullable: true,
    description: "Your return of this lead and its decision; null if you did not return it.",
  })
  async return(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<LeadReturn | null> {
    const loader = remembered(
      context,
      returnsKey,
      () =>
        new DataLoader((ids: readonly string[]): Promise<(ReturnView | null)[]> =>
          this.deps.transact(supplierScopeOf(context), (tx) => this.deps.book.ofLeads(tx, ids)),
        ),
    );
    const found = await loader.load(lead.id);
    return found && toReturn(found);
  }
}
