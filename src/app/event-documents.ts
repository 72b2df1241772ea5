/** Reads and executes the documents of endpoints, once the schema that they ask is built: it is made of what sends by them. */
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
  /** A fresh one for each event, as for those who are connected. */
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
    throw new Error("Documents are asked before the schema is built.");
  }
}
