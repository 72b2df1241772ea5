/**
 * Reads and executes the GraphQL documents of endpoints. The schema is passed in once it is built, because it is built
 * from the modules that use this.
 */
import type { GraphQLSchema } from "graphql";
import { DocumentInvalid, type EventDocuments } from "../delivery/endpoints/event-documents";
import type { PlacedEntry } from "../account/feed";
import type { Principal } from "../access/identity";
import { answerEvent, readEventDocument, type EventDocument } from "../platform/graphql/event-document";
import { Documents } from "../platform/graphql/documents";
import { ownRules } from "../platform/graphql/rules";

const eventField = "leadFeed";
const rules = ownRules(false);

interface Served {
  readonly schema: GraphQLSchema;
  /** Makes a new context for each event, as for a subscription. */
  readonly contextOf: (principal: Principal) => object;
}

export class SchemaDocuments implements EventDocuments {
  private served: (Served & { readonly documents: Documents }) | null = null;

  serve(served: Served): void {
    this.served = { ...served, documents: new Documents(served.schema, rules) };
  }

  faultsOf(document: string): readonly string[] {
    const read = this.read(document);
    return "document" in read ? [] : read;
  }

  async render(
    document: string,
    event: PlacedEntry,
    reader: Principal,
  ): Promise<Readonly<Record<string, unknown>>> {
    const read = this.read(document);
    if (!("document" in read)) throw new DocumentInvalid(read);
    const { schema, contextOf } = this.now();
    return answerEvent(schema, read, { event, context: contextOf(reader) });
  }

  private read(document: string): EventDocument | readonly string[] {
    return readEventDocument(this.now(), document, eventField);
  }

  private now(): Served & { readonly documents: Documents } {
    if (this.served) return this.served;
    throw new Error("A document was executed before the schema was built.");
  }
}
