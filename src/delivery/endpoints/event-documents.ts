/** What of an event is sent: a subscription to `leadFeed`, executed for one event in the name of its reader. */
import type { PlacedEntry } from "../../account/feed";
import type { Principal } from "../../access/identity";

export interface EventDocuments {
  /** What is wrong with such a document, in words to the supplier; empty: nothing. */
  faultsOf(document: string): readonly string[];
  /** Under the consent of this moment. Throws DocumentInvalid, or what keeps it from being read. */
  render(document: string, entry: PlacedEntry, reader: Principal): Promise<Readonly<Record<string, unknown>>>;
}

/** The schema has changed under a document that was valid once. */
export class DocumentInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super("A registered document does not fit the schema any more.");
    this.name = "DocumentInvalid";
  }
}
