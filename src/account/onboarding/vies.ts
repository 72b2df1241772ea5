/** The register of VAT numbers in the EU, as we ask it. */
export interface ViesAnswer {
  readonly valid: boolean;
  /** The consultation number: the proof that we asked. */
  readonly reference: string | null;
  readonly name: string | null;
  /** Whole, as it came. */
  readonly proof: Readonly<Record<string, unknown>>;
}

/** It did not answer, or not to the question: nothing is known of the number. */
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

/** An answer that says neither yes nor no, or names an error, is none. */
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

/** MS_UNAVAILABLE, MS_MAX_CONCURRENT_REQ, TIMEOUT and the like; INVALID is an answer. */
function errorIn(fields: Fields): string | null {
  const wrappers = fields["errorWrappers"];
  if (Array.isArray(wrappers)) {
    const [first] = wrappers as (Fields | null)[];
    return textIn(first ?? {}, "error") ?? "an error without a name";
  }
  const told = textIn(fields, "userError");
  return told === null || told === "VALID" || told === "INVALID" ? null : told;
}

/** Three dashes stand for what a member state does not tell. */
function textIn(fields: Fields, key: string): string | null {
  const value = fields[key];
  return typeof value === "string" && value.trim() !== "" && value !== "---" ? value.trim() : null;
}
