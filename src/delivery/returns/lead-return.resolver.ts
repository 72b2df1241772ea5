/** The fields of a return that are read elsewhere, and the return of a lead. */
import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import {
  isStaff,
  principalOf,
  remembered,
  supplierScopeOf,
  type RequestContext,
} from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import type { Transact } from "../../platform/database";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import type { SupplierLeads } from "../deliveries";
import { leadOf } from "../deliveries/lead-loader.types";
import { Lead } from "../deliveries/lead.types";
import { explanationOf } from "./explanations";
import type { ReturnBook } from "./return-book.service";
import type { ReturnDesk } from "./return-desk.service";
import { LeadReturn, ReturnRate, toReturn } from "./return.types";
import type { StoredReturn } from "./return-view";

const commentsKey = Symbol("comments of returns");
const returnsKey = Symbol("returns by lead");

export interface LeadReturnDeps {
  readonly inbox: SupplierLeads;
  readonly desk: ReturnDesk;
  readonly suppliersById: SuppliersById;
}

@Resolver(() => LeadReturn)
export class LeadReturnResolver {
  constructor(private readonly deps: LeadReturnDeps) {}

  @FieldResolver(() => Lead, {
    nullable: true,
    description:
      "The lead that was returned. null once your right to it has ended, and for staff, who may not see the person.",
  })
  async lead(@Root() { leadId }: LeadReturn, @Ctx() context: RequestContext): Promise<Lead | null> {
    return isStaff(principalOf(context).role) ? null : leadOf(context, this.deps.inbox, leadId);
  }

  @FieldResolver(() => Supplier, { description: "The supplier that returned the lead." })
  async supplier(@Root() { supplierId }: LeadReturn, @Ctx() context: RequestContext): Promise<Supplier> {
    return loadSupplier(context, this.deps.suppliersById, supplierId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why it was decided as it was; null while it is pending.",
  })
  explanation(@Root() { stored }: LeadReturn, @LanguageArg("FR") language: Language | null): string | null {
    return explanationOf(stored.finding, language ?? "FR");
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The supplier's comment for the staff who decide. null if there is none, once the request was erased, and for a supplier whose right to the lead has ended.",
  })
  async comment(@Root() { stored }: LeadReturn, @Ctx() context: RequestContext): Promise<string | null> {
    const reader = { isStaff: isStaff(principalOf(context).role) };
    const loader = remembered(
      context,
      commentsKey,
      () =>
        new DataLoader<StoredReturn, string | null, string>(
          (returns) => this.deps.desk.comments(returns, reader),
          { cacheKeyFn: ({ id }) => id },
        ),
    );
    return loader.load(stored);
  }
}

@Resolver(() => Lead)
export class ReturnOfLeadResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: ReturnBook,
  ) {}

  @FieldResolver(() => LeadReturn, {
    nullable: true,
    description: "Your latest return of this lead and its decision; null if you did not return it.",
  })
  async return(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<LeadReturn | null> {
    const loader = remembered(
      context,
      returnsKey,
      () =>
        new DataLoader((ids: readonly string[]): Promise<(StoredReturn | null)[]> =>
          this.transact(supplierScopeOf(context), (tx) => this.book.ofLeads(tx, ids)),
        ),
    );
    const found = await loader.load(lead.id);
    return found && toReturn(found);
  }
}

@Resolver(() => ReturnRate)
export class ReturnRateResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { description: "The supplier." })
  async supplier(@Root() { supplierId }: ReturnRate, @Ctx() context: RequestContext): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}
