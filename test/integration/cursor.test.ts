import fc from "fast-check";
import { Cursors } from "../../src/account/feed/cursor.service";
import { ringOf } from "../../src/platform/sealed/key-ring";

const tokenKey = ringOf(Buffer.alloc(32, 7));
const epoch = "0a1b2c3d-0000-4000-8000-0000000000e1";
const atlas = "0a1b2c3d-0000-4000-8000-00000000000a";
const borel = "0a1b2c3d-0000-4000-8000-00000000000b";
const cursors = new Cursors(tokenKey, epoch);
const notOurs: unknown = expect.objectContaining({
  code: "INVALID_INPUT",
  message: "This is not a cursor of your feed. Pass a cursor back exactly as you received it.",
});
const read = (cursor: string, { by = cursors, supplierId = atlas } = {}): unknown => {
  try {
    return by.read(supplierId, cursor);
  } catch (error) {
    return error;
  }
};
const positions = fc.oneof(fc.nat(1_000), fc.maxSafeNat());

describe("a cursor", () => {
  it("returns the position it was written for", () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(read(cursors.write(atlas, position))).toBe(position);
      }),
    );
  });

  it("is refused when a single bit is changed or a character is added or removed", () => {
    const cursor = cursors.write(atlas, 300);
    const bytes = Buffer.from(cursor.slice("k1.".length), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(read(`k1.${altered.toString("base64url")}`)).toEqual(notOurs);
    }
    for (const text of [
      "",
      "AAAA",
      cursor.slice(0, -1),
      `${cursor}A`,
      ` ${cursor}`,
      `${cursor}=`,
      cursor.replace("k1", "k2"),
      "é",
    ]) {
      expect(read(text)).toEqual(notOurs);
    }
  });

  it("is refused on another supplier's feed and under another key", () => {
    const cursor = cursors.write(atlas, 300);
    expect(read(cursor, { supplierId: borel })).toEqual(notOurs);
    expect(read(cursor, { by: new Cursors(ringOf(Buffer.alloc(32, 8)), epoch) })).toEqual(notOurs);
  });

  it("is refused with CONFLICT after the feed was restored", () => {
    const restored = new Cursors(tokenKey, "0a1b2c3d-0000-4000-8000-0000000000e2");
    expect(read(cursors.write(atlas, 300), { by: restored })).toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/^The feed was restored to an earlier point/) as string,
    });
  });
});
