/** Reads and executes the documents of endpoints, once the schema that they ask is built: it is made of what sends by them. */
import type { GraphQLSchema } from "graphql";
import { DocumentInvalid, type EventDocuments } from "../endpoints/event-documents";
import type { PlacedEntry } from "../feed";
import type { Principal } from "../identity";
import { answerEvent, readEventDocument, type EventDocument } from "../platform/graphql/event-document";
import { houseRules } from "../platform/graphql/rules";

const eventField = "leadFeed";
const mostKept = 1_000;
const rules = houseRules(false);

interface Served {
  readonly schema: GraphQLSchema;
  /** A fresh one for each event, as for those who are connected. */
  readonly contextOf: (principal: Principal) => object;
}

export class SchemaDocuments implements EventDocuments {
  private served: Served | null = null;
  private readonly known = new Map<string, EventDocument | readonly string[]>();

  serve(served: Served): void {
    this.served = served;
    this.known.clear();
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
    const known = this.known.get(document);
    if (known) return known;
    const read = readEventDocument({ schema: this.now().schema, rules }, document, eventField);
    if (this.known.size >= mostKept) this.known.clear();
    this.known.set(document, read);
    return read;
  }

  private now(): Served {
    if (this.served) return this.served;
    throw new Error("Documents are asked before the schema is built.");
  }
}
