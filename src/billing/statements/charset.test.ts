import fc from "fast-check";
import { AppError } from "../../shared/errors";
import { Decoding } from "./charset";
import { FaultLog } from "./faults";

function decoded(bytes: Uint8Array, size: number): string {
  const decoding = new Decoding(new FaultLog());
  let text = "";
  for (let from = 0; from < bytes.length; from += size)
    text += decoding.push(bytes.subarray(from, from + size));
  return text + decoding.finish();
}

describe("the encoding of a file", () => {
  const text = "Date;Libellé\n" + "à".repeat(300) + " €\n";

  it("is UTF-8, with or without a byte order mark, wherever the stream breaks it", () => {
    const sizes = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(sizes, (size) => {
        expect(decoded(Buffer.from(text), size)).toBe(text);
        expect(decoded(Buffer.from(`\ufeff${text}`), size)).toBe(text);
      }),
    );
  });

  it("is Windows-1252 when it cannot be UTF-8", () => {
    const windows = Buffer.concat([Buffer.from(text.replace("€", ""), "latin1"), Buffer.from([0x80, 0x9c])]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (size) => {
        expect(decoded(windows, size)).toBe(`${text.replace("€", "")}€œ`);
      }),
    );
  });

  it("stays UTF-8 when the bank cut a character in half", () => {
    const cut = Buffer.concat([Buffer.from("été été été"), Buffer.from([0xc3]), Buffer.from(";é")]);
    expect(decoded(cut, 1_000)).toBe("été été été\ufffd;é");
  });

  it("is what XML declares, or UTF-16 by its first bytes", () => {
    const declared = '<?xml version="1.0" encoding="ISO-8859-15"?><a>\u00a4</a>';
    expect(decoded(Buffer.from(declared, "latin1"), 10)).toContain("<a>€</a>");
    expect(decoded(Buffer.from("<a>é</a>", "utf16le"), 3)).toBe("<a>é</a>");
    expect(decoded(Buffer.from("\ufeff<a>é</a>", "utf16le").swap16(), 3)).toBe("<a>é</a>");
    const unknown = Buffer.from('<?xml version="1.0" encoding="EBCDIC"?><a/>');
    expect(() => decoded(unknown, 10)).toThrow(AppError);
  });
});
