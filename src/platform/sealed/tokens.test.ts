import fc from "fast-check";
import { randomBytes } from "../random";
import { ringOf, type KeyRing } from "./key-ring";
import { Layout } from "./layout";
import { SealedTokens, SignedTokens } from "./tokens";

const [first, second] = [randomBytes(32), randomBytes(32)];
const before = ringOf(first);
const rotated: KeyRing = {
  current: 2,
  keys: new Map([
    [1, first],
    [2, second],
  ]),
};
const retired: KeyRing = { current: 2, keys: new Map([[2, second]]) };

const kinds = {
  sealed: (ring: KeyRing, purpose = "test") => {
    const tokens = new SealedTokens(ring, purpose, "ca_test_");
    return { make: (payload: Buffer) => tokens.seal(payload), open: (token: string) => tokens.open(token) };
  },
  signed: (ring: KeyRing, purpose = "test") => {
    const signed = (payload: Buffer): string => payload.toString("latin1");
    const tokens = new SignedTokens(ring, purpose, { prefix: "ca_test_", macBytes: 16, signed });
    return { make: (payload: Buffer) => tokens.sign(payload), open: (token: string) => tokens.open(token) };
  },
};

describe.each(["sealed", "signed"] as const)("a %s token", (kind) => {
  const tokensOf = kinds[kind];
  const payload = Buffer.from("eine Nutzlast");

  it("opens to its payload, whatever that is", () => {
    const tokens = tokensOf(before);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(tokens.open(tokens.make(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it("names its key, which opens it after a rotation and no longer once it is retired", () => {
    const old = tokensOf(before).make(payload);
    const young = tokensOf(rotated).make(payload);
    expect(old).toMatch(/^ca_test_k1\.[\w-]+$/);
    expect(young).toMatch(/^ca_test_k2\.[\w-]+$/);
    expect(tokensOf(rotated).open(old)).toEqual(payload);
    expect(tokensOf(rotated).open(young)).toEqual(payload);
    expect(tokensOf(before).open(young)).toBeNull();
    expect(tokensOf(retired).open(old)).toBeNull();
  });

  it("is a token of key 1 when it names none", () => {
    const unnamed = tokensOf(before).make(payload).replace("k1.", "");
    expect(tokensOf(rotated).open(unnamed)).toEqual(payload);
    expect(tokensOf(rotated).open(tokensOf(rotated).make(payload).replace("k2.", ""))).toBeNull();
    expect(tokensOf(rotated).open(tokensOf(before).make(payload).replace("k1.", "k2."))).toBeNull();
  });

  it("does not open for another purpose, without its prefix, or with one character changed", () => {
    const tokens = tokensOf(before);
    const token = tokens.make(payload);
    expect(tokensOf(before, "other").open(token)).toBeNull();
    expect(tokens.open(token.slice("ca_test_".length))).toBeNull();
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(..."Aak01-_=. "), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect(tokens.open(changed)).toEqual(changed === token ? payload : null);
      }),
    );
    for (const text of ["", "ca_test_", "ca_test_k1.", "ca_test_AA", "ca_test_k1.AA"])
      expect(tokens.open(text)).toBeNull();
  });
});

it("gives a signed payload one token, and a sealed one a new token each time", () => {
  const payload = Buffer.from("x");
  const [sealed, signed] = [kinds.sealed(before), kinds.signed(before)];
  expect(signed.make(payload)).toBe(signed.make(payload));
  expect(sealed.make(payload)).not.toBe(sealed.make(payload));
});

it("writes the fields of a layout and reads them again", () => {
  const layout = new Layout({ id: "id", version: "uint32", position: "integer", until: "time" });
  const values = fc.record({
    id: fc.uuid(),
    version: fc.nat(),
    position: fc.maxSafeInteger(),
    until: fc.date({ noInvalidDate: true }),
  });
  fc.assert(
    fc.property(values, (given) => {
      const bytes = layout.write(given);
      expect(layout.read(bytes)).toEqual(given);
      expect(layout.read(bytes.subarray(1))).toBeNull();
    }),
  );
});
