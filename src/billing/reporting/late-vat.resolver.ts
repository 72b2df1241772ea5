import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import type { Transact } from "../../platform/database";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Month } from "../../platform/graphql/dates";
import { Cursor } from "../../platform/graphql/scalars";
import type { DocumentsById } from "../documents";
import { loadDocument } from "../documents/document-loader.types";
import { BillingDocument } from "../documents/document.types";
import { lateVat } from "./late-vat.service";
import { LateVatEntry, LateVatEntryConnection } from "./late-vat.types";

export interface LateVatDeps {
  readonly transact: Transact;
  readonly documentsById: DocumentsById;
  readonly suppliersById: SuppliersById;
}

/** Day, journal, number and line. */
const shapes = [/^\d{4}-\d{2}-\d{2}$/, /^[A-Z]{2}$/, keyShape.number, keyShape.number];

@Resolver(() => LateVatEntry)
export class LateVatResolver {
  constructor(private readonly deps: LateVatDeps) {}

  @Query(() => LateVatEntryConnection, {
    description:
      "VAT that became due in a month which was locked when the money was booked, for a corrective VAT return (CA3), in the order of the days on which it is booked. `vatSummary` counts it in the month of `datedOn`.",
  })
  async lateVatEntries(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { nullable: true, description: "The month it became due in. Absent: all." })
    month: string | null,
    @Arg("first", () => Int, { nullable: true, description: "How many: 1 to 100, 20 by default." })
    first: number | null,
    @Arg("after", () => Cursor, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
  ): Promise<Connection<LateVatEntry>> {
    const limit = pageSize(first);
    const page = { month: month ?? null, after: readKey(after, shapes), limit: limit + 1 };
    const rows = await this.deps.transact(scopeOf(principalOf(context)), (tx) => lateVat(tx, page));
    return toConnection(rows, limit, {
      node: (row): LateVatEntry => row,
      key: ({ datedOn, journal, number, line }) => [datedOn, journal, String(number), String(line)],
    });
  }

  @FieldResolver(() => BillingDocument, {
    nullable: true,
    description: "The deposit invoice; null for payments of invoices.",
  })
  async document(
    @Ctx() context: RequestContext,
    @Root() { documentId }: LateVatEntry,
  ): Promise<BillingDocument | null> {
    return documentId === null ? null : loadDocument(context, this.deps.documentsById, documentId);
  }

  @FieldResolver(() => Supplier, { description: "The supplier whose money it is." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: LateVatEntry): Promise<Supplier> {
    return loadSupplier(context, this.deps.suppliersById, supplierId);
  }
}
