/**
 * A result that is encoded as JSON once. Each connection only adds its envelope around the bytes, and
 * connections with the same envelope share one buffer.
 */
export interface Envelope {
  readonly before: string;
  readonly after: string;
}

/** A `next` message of graphql-transport-ws. */
export const socketEnvelope = (id: string): Envelope => ({
  before: `{"id":${JSON.stringify(id)},"type":"next","payload":`,
  after: "}",
});

/** A `next` event of graphql-sse in "distinct connections" mode. JSON.stringify emits no line breaks. */
export const streamEnvelope: Envelope = { before: "event: next\ndata: ", after: "\n\n" };

export class Payload {
  private readonly json: Buffer;
  private framed: { readonly before: string; readonly bytes: Buffer } | null = null;

  constructor(answer: unknown) {
    this.json = Buffer.from(JSON.stringify(answer));
  }

  in({ before, after }: Envelope): Buffer {
    if (this.framed?.before !== before) {
      this.framed = { before, bytes: Buffer.concat([Buffer.from(before), this.json, Buffer.from(after)]) };
    }
    return this.framed.bytes;
  }
}
