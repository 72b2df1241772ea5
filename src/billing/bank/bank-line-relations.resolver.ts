/** What stands beside the ids of bank lines, and what a waiting line may be. */
import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import type { Transact } from "../../platform/database";
import type { DocumentsById } from "../documents";
import { loadDocument } from "../documents/document-loader.types";
import { BillingDocument } from "../documents/document.types";
import { BankLine, BankLineCandidate, BankLinePart } from "./bank-line.types";
import { candidatesOf, type Earlier, type Expected } from "./decide-line";
import type { LineFactsReader } from "./line-facts.service";

export interface LineRelations {
  readonly transact: Transact;
  readonly facts: LineFactsReader;
  readonly suppliersById: SuppliersById;
  readonly documentsById: DocumentsById;
}

const supplierOf = async (
  context: RequestContext,
  suppliersById: SuppliersById,
  id: string | null,
): Promise<Supplier | null> => (id === null ? null : loadSupplier(context, suppliersById, id));

@Resolver(() => BankLine)
export class BankLineRelationsResolver {
  constructor(private readonly deps: LineRelations) {}

  @FieldResolver(() => Supplier, { nullable: true, description: "Null where `supplierId` is null." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: BankLine): Promise<Supplier | null> {
    return supplierOf(context, this.deps.suppliersById, supplierId);
  }

  @FieldResolver(() => [BankLineCandidate], {
    description:
      "What a waiting line may be: recorded money with its reference, or with its amount and nearly its day, and earlier lines that it may take back. Empty unless it is UNMATCHED.",
  })
  async candidates(@Ctx() context: RequestContext, @Root() line: BankLine): Promise<BankLineCandidate[]> {
    if (line.status !== "UNMATCHED") return [];
    return remembered(context, candidatesKey, () => this.candidatesOf(context)).load(line);
  }

  /** What the lines of one answer may be, all read together. */
  private candidatesOf(context: RequestContext): DataLoader<BankLine, BankLineCandidate[]> {
    const { transact, facts } = this.deps;
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (lines) => {
      const known = lines.map((line) => ({
        ...{ ...line, transactionId: null, isReversal: false, isCharge: false },
      }));
      const found = await transact(scope, (tx) => facts.about(tx, known));
      return known.map((line) => candidatesOf(line, found).map(toCandidate));
    });
  }
}

const candidatesKey = Symbol("candidates of bank lines");

@Resolver(() => BankLinePart)
export class BankLinePartRelationsResolver {
  constructor(private readonly deps: LineRelations) {}

  @FieldResolver(() => Supplier, { nullable: true, description: "Null where `supplierId` is null." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: BankLinePart): Promise<Supplier | null> {
    return supplierOf(context, this.deps.suppliersById, supplierId);
  }

  @FieldResolver(() => BillingDocument, { nullable: true, description: "Null where `documentId` is null." })
  async document(
    @Ctx() context: RequestContext,
    @Root() { documentId }: BankLinePart,
  ): Promise<BillingDocument | null> {
    return documentId === null ? null : loadDocument(context, this.deps.documentsById, documentId);
  }
}

@Resolver(() => BankLineCandidate)
export class BankLineCandidateRelationsResolver {
  constructor(private readonly deps: LineRelations) {}

  @FieldResolver(() => Supplier, { nullable: true, description: "Null where `supplierId` is null." })
  supplier(
    @Ctx() context: RequestContext,
    @Root() { supplierId }: BankLineCandidate,
  ): Promise<Supplier | null> {
    return supplierOf(context, this.deps.suppliersById, supplierId);
  }
}

function toCandidate(found: Expected | Earlier): BankLineCandidate {
  const { reference, amountCents, supplierId } = found;
  const about = { reference, amountCents, supplierId };
  if ("id" in found) return { ...about, subject: found.id, matchedWith: found.kind };
  return {
    ...{ ...about, subject: found.lineId },
    matchedWith: found.kind === "TRANSFER" ? "RECALL" : "REFUND",
  };
}
