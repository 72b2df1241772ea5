import fc from "fast-check";
import { Pieces } from "./pieces";

const chunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });

function cut(given: readonly Uint8Array[], pieceBytes: number): Buffer[] {
  const pieces = new Pieces(pieceBytes);
  const cut = given.flatMap((chunk) => [...pieces.add(Buffer.from(chunk))]);
  const rest = pieces.rest();
  return rest ? [...cut, rest] : cut;
}

it("keeps every byte in order, whatever the chunks were", () => {
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 60 }), (given, pieceBytes) => {
      expect(Buffer.concat(cut(given, pieceBytes))).toEqual(Buffer.concat(given));
    }),
  );
});

it("makes whole pieces, and only the last may be shorter", () => {
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 60 }), (given, pieceBytes) => {
      const sizes = cut(given, pieceBytes).map(({ length }) => length);
      expect(sizes.slice(0, -1)).toEqual(sizes.slice(0, -1).map(() => pieceBytes));
      for (const size of sizes.slice(-1)) expect(size > 0 && size <= pieceBytes).toBe(true);
    }),
  );
});

it("hands a piece over as soon as it is complete", () => {
  const pieces = new Pieces(4);
  expect([...pieces.add(Buffer.from("abc"))]).toEqual([]);
  expect([...pieces.add(Buffer.from("defghi"))].map(String)).toEqual(["abcd", "efgh"]);
  expect(String(pieces.rest())).toBe("i");
  expect(pieces.rest()).toBeNull();
});
