import type { Numbered, SharedSourceParts } from "../shared-source";
import type { Payload } from "./payload";

/** Executes and encodes events in one go, with a memory of their own. */
export type Render = (events: readonly Numbered[]) => Promise<readonly Payload[]>;

/** What a group knows of one who waits in it. */
export interface Member {
  readonly parts: {
    /** Members of one key may be sent the same bytes. */
    readonly key: string;
    readonly source: SharedSourceParts<Numbered>;
    readonly render: Render;
    readonly host: {
      /** A source could not be read; it is tried again. */
      readonly failed: (error: unknown) => void;
      readonly sent: (events: number) => void;
    };
  };
  /** Everything up to here was written to the reader. */
  readonly position: number;
  /** One event of the group. False when its reader is not free: it must go on for itself. */
  take(position: number, payload: Payload): boolean;
  catchUp(): Promise<void>;
}
