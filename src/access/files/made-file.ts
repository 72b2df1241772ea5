/** What is known of a file once it was made. */
export interface MadeFile {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}
