import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { DocumentBook } from "../documents";
import { BillingDocument, toDocument } from "../documents/document.types";
import type { Transact } from "../../platform/database";
import { IdempotencyKey } from "../../platform/graphql/arguments";
import { Language } from "../../platform/graphql/language";
import { needsAction, statusLabel } from "./life-cycle";
import { Transmission, TransmissionEvent } from "./transmission.types";
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
    description: "What became of the document at the e-invoicing platform; null when it is not sent there.",
  })
  async transmission(
    @Ctx() context: RequestContext,
    @Root() { id, view }: BillingDocument,
  ): Promise<Transmission | null> {
    const loader = remembered(context, inMemory, () => this.loader(context));
    const found = await loader.load(id);
    if (!found) return null;
    const { state, flowId, failure } = found;
    const { language: documentLanguage } = view.document;
    const statuses = found.statuses.map((one) => ({ ...one, documentLanguage }));
    return { status: state, needsAction: needsAction(found), flowId, failure, statuses };
  }

  @Mutation(() => BillingDocument, {
    description:
      "Sends a refused or rejected document to the e-invoicing platform again. NOT_FOUND for one that was never sent there; CONFLICT for any other (NOT_REFUSED); UNAVAILABLE with NOT_CONFIGURED where no platform is set up.",
  })
  async resendDocument(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the document." }) id: string,
    @IdempotencyKey() key: string,
  ): Promise<BillingDocument> {
    const by = principalOf(context);
    await this.transmissions.resend(by, id, key);
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

@Resolver(() => TransmissionEvent)
export class TransmissionEventResolver {
  @FieldResolver(() => String, { description: "The name of the status." })
  label(
    @Root() { code, documentLanguage }: TransmissionEvent,
    @Arg("language", () => Language, {
      nullable: true,
      description: "The language of the name. Without it: the language of the document.",
    })
    language: "FR" | "EN" | null,
  ): string {
    return statusLabel(code, language ?? documentLanguage);
  }
}
