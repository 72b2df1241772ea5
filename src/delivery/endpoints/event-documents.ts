/** The port that executes a subscription to `leadFeed` for one event, with the permissions of its reader. */
import type { PlacedEntry } from "../../account/feed";
import type { Principal } from "../../access/identity";

export interface EventDocuments {
  /** What is wrong with the document, as messages to the supplier; empty if it is valid. */
  faultsOf(document: string): readonly string[];
  /** Applies the current consent. Throws DocumentInvalid, or the error that prevented the read. */
  render(document: string, entry: PlacedEntry, reader: Principal): Promise<Readonly<Record<string, unknown>>>;
}

/** A registered document no longer fits the schema, which has changed since. */
export class DocumentInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super("A registered document no longer fits the schema.");
    this.name = "DocumentInvalid";
  }
}
