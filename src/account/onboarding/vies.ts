/** The EU register of VAT numbers: the port that checks a number, and how its answers are read. */
export interface ViesAnswer {
  readonly valid: boolean;
  /** The consultation number, which proves that we asked. */
  readonly reference: string | null;
  readonly name: string | null;
  /** The whole answer as received. */
  readonly proof: Readonly<Record<string, unknown>>;
}

/** VIES gave no usable answer, so nothing is known about the number. */
export class ViesUnavailable extends Error {
  constructor(readonly reason: string) {
    super(`VIES did not answer: ${reason}`);
    this.name = "ViesUnavailable";
  }
}

export interface Vies {
  /** Throws ViesUnavailable. */
  check(vatNumber: string): Promise<ViesAnswer>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws ViesUnavailable when the answer names an error or says neither valid nor invalid. */
export function readViesAnswer(status: number, body: unknown): ViesAnswer {
  const fields = (typeof body === "object" && body !== null ? body : {}) as Fields;
  const error = errorIn(fields);
  if (error !== null) throw new ViesUnavailable(error);
  if (status !== 200 || typeof fields["valid"] !== "boolean") {
    throw new ViesUnavailable(`status ${String(status)}, no answer in it`);
  }
  const { valid } = fields as { valid: boolean };
  const [reference, name] = [textIn(fields, "requestIdentifier"), textIn(fields, "name")];
  return { valid, reference, name, proof: fields };
}

/** Finds errors such as MS_UNAVAILABLE, MS_MAX_CONCURRENT_REQ or TIMEOUT. INVALID is an answer, not an error. */
function errorIn(fields: Fields): string | null {
  const wrappers = fields["errorWrappers"];
  if (Array.isArray(wrappers)) {
    const [first] = wrappers as (Fields | null)[];
    return textIn(first ?? {}, "error") ?? "an error without a name";
  }
  const error = textIn(fields, "userError");
  return error === null || error === "VALID" || error === "INVALID" ? null : error;
}

/** Three dashes mean that the member state does not disclose the value. */
function textIn(fields: Fields, key: string): string | null {
  const value = fields[key];
  return typeof value === "string" && value.trim() !== "" && value !== "---" ? value.trim() : null;
}
