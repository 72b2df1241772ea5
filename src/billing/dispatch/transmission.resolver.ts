import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { DocumentBook } from "../documents";
import { BillingDocument, toDocument } from "../documents/document.types";
import type { Transact } from "../../platform/database";
import { statusLabel } from "./life-cycle";
import { Transmission } from "./transmission.types";
import type { Transmissions, TransmissionView } from "./transmissions.service";

const inMemory = Symbol("transmissions of documents");

@Resolver(() => BillingDocument)
export class TransmissionResolver {
  constructor(
    private readonly transact: Transact,
    private readonly transmissions: Transmissions,
    private readonly documents: DocumentBook,
  ) {}

  @FieldResolver(() => Transmission, {
    nullable: true,
    description: "State of the document at the e-invoicing platform; null when it is not sent there.",
  })
  async transmission(
    @Ctx() context: RequestContext,
    @Root() { id, view }: BillingDocument,
  ): Promise<Transmission | null> {
    const loader = remembered(context, inMemory, () => this.loader(context));
    const found = await loader.load(id);
    if (!found) return null;
    const { language } = view.document;
    const statuses = found.statuses.map((one) => ({ ...one, label: statusLabel(one.code, language) }));
    return { ...found, statuses };
  }

  @Query(() => [BillingDocument], {
    description:
      "Documents that the platform rejected, that the buyer refused, disputed or suspended, or that cannot be sent; newest first, at most 100.",
  })
  async transmissionsToHandle(@Ctx() context: RequestContext): Promise<BillingDocument[]> {
    return this.transact(scopeOf(principalOf(context)), async (tx) => {
      const views = [];
      for (const id of await this.transmissions.toHandle(tx))
        views.push(toDocument(await this.documents.one(tx, id)));
      return views;
    });
  }

  @Mutation(() => BillingDocument, {
    description:
      "Sends a refused or rejected document to the platform again. CONFLICT for any other document.",
  })
  async resendDocument(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
  ): Promise<BillingDocument> {
    const by = principalOf(context);
    await this.transmissions.resend(by, id);
    return toDocument(await this.transact(scopeOf(by), (tx) => this.documents.one(tx, id)));
  }

  private loader(context: RequestContext): DataLoader<string, TransmissionView | null> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (ids) => {
      const found = await this.transact(scope, (tx) => this.transmissions.of(tx, ids));
      return ids.map((id) => found.get(id) ?? null);
    });
  }
}
