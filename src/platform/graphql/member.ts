import type { Numbered, SharedSourceParts } from "../shared-source";
import type { Payload } from "./payload";

/** Executes and encodes events together, with loaders of their own. */
export type Render = (events: readonly Numbered[]) => Promise<readonly Payload[]>;

/** A follower as its group sees it. */
export interface GroupMember {
  readonly parts: {
    /** Members with the same key may receive the same bytes. */
    readonly key: string;
    readonly source: SharedSourceParts<Numbered>;
    readonly render: Render;
    readonly host: {
      /** Called when a source could not be read. The read is retried. */
      readonly failed: (error: unknown) => void;
      readonly sent: (events: number) => void;
    };
  };
  /** Everything up to this position has been written to the client. */
  readonly position: number;
  /** Writes an event of the group. Returns false when the client has unsent data and must catch up on its own. */
  take(position: number, payload: Payload): boolean;
  catchUp(): Promise<void>;
}
