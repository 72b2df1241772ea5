/** Cuts what arrives in chunks of any size into pieces of one size. It holds less than one piece at a time. */
export class Pieces {
  private held: Buffer[] = [];
  private heldBytes = 0;

  constructor(private readonly pieceBytes: number) {}

  /** The pieces that this chunk completes. */
  *add(chunk: Buffer): Generator<Buffer> {
    let at = 0;
    while (this.heldBytes + chunk.length - at >= this.pieceBytes) {
      const end = at + this.pieceBytes - this.heldBytes;
      this.hold(chunk.subarray(at, end));
      at = end;
      yield this.release();
    }
    if (at < chunk.length) this.hold(chunk.subarray(at));
  }

  /** What is left after the last chunk, or null. */
  rest(): Buffer | null {
    return this.heldBytes === 0 ? null : this.release();
  }

  private hold(bytes: Buffer): void {
    this.held.push(bytes);
    this.heldBytes += bytes.length;
  }

  private release(): Buffer {
    const piece = Buffer.concat(this.held, this.heldBytes);
    this.held = [];
    this.heldBytes = 0;
    return piece;
  }
}
