/** The payload of a token as a fixed sequence of fields: short, and the same bytes for the same values. */

export type FieldKind = "id" | "uint32" | "integer" | "time";

interface ValueOf {
  readonly id: string;
  readonly uint32: number;
  readonly integer: number;
  readonly time: Date;
}

export type Fields = Readonly<Record<string, FieldKind>>;
export type ValuesOf<F extends Fields> = { readonly [Name in keyof F]: ValueOf[F[Name]] };

const sizes: Record<FieldKind, number> = { id: 16, uint32: 4, integer: 8, time: 8 };

/** The fields in the order in which they are listed. */
export class Layout<F extends Fields> {
  private readonly fields: readonly (readonly [name: string, kind: FieldKind, at: number])[];
  private readonly size: number;

  constructor(fields: F) {
    let at = 0;
    this.fields = Object.entries(fields).map(([name, kind]) => {
      const field = [name, kind, at] as const;
      at += sizes[kind];
      return field;
    });
    this.size = at;
  }

  write(values: ValuesOf<F>): Buffer {
    const bytes = Buffer.alloc(this.size);
    for (const [name, kind, at] of this.fields) {
      const value = values[name];
      if (kind === "id") bytes.write(String(value).replaceAll("-", ""), at, "hex");
      else if (kind === "uint32") bytes.writeUInt32BE(Number(value), at);
      else bytes.writeBigInt64BE(BigInt(Number(value)), at);
    }
    return bytes;
  }

  /** Null when the bytes are of another size. */
  read(bytes: Buffer): ValuesOf<F> | null {
    if (bytes.length !== this.size) return null;
    const values = this.fields.map(([name, kind, at]) => [name, readField(bytes, kind, at)]);
    return Object.fromEntries(values) as ValuesOf<F>;
  }
}

function readField(bytes: Buffer, kind: FieldKind, at: number): string | number | Date {
  if (kind === "id") return idAt(bytes, at);
  if (kind === "uint32") return bytes.readUInt32BE(at);
  const number = Number(bytes.readBigInt64BE(at));
  return kind === "time" ? new Date(number) : number;
}

const idAt = (bytes: Buffer, at: number): string =>
  bytes.toString("hex", at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
