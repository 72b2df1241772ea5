/**
 * What a feature contributes so that a file of its own can be downloaded. A file is described in answers of the API,
 * and made when its address is asked for.
 */
import type { Scope } from "../database";

export interface FileDescription {
  /** Part of the id, so it never changes once it was used: lower-case words with hyphens. */
  readonly kind: string;
  /** What is needed to find the file again, such as the id of its document. Letters, digits and hyphens only. */
  readonly keys: readonly string[];
  readonly name: string;
  readonly mediaType: string;
}

export interface DownloadableFile extends FileDescription {
  /** The supplier whose data it holds; null when it is about no single supplier. */
  readonly supplierId: string | null;
  /** Makes the content, whole or piece by piece. */
  readonly content: () => Promise<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface FileKind {
  readonly kind: string;
  /** The root field whose permission a download asks for. */
  readonly rootField: string;
  /** Finds a file in the scope of the caller. Throws NOT_FOUND for what the caller may not see. */
  find(scope: Scope, keys: readonly string[]): Promise<DownloadableFile>;
}
