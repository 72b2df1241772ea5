/**
 * Decodes the bytes of a file in pieces. A byte order mark or the declaration of XML names the encoding; otherwise it
 * is UTF-8, or Windows-1252 (of which Latin-1 is a part) from the first bytes that cannot be UTF-8.
 */
import type { FaultLog } from "./faults";

type Encoding = "utf-8" | "windows-1252" | "iso-8859-15" | "utf-16le" | "utf-16be";

const declared: Readonly<Record<string, Encoding>> = {
  ...{ "utf-8": "utf-8", utf8: "utf-8", "us-ascii": "utf-8", ascii: "utf-8" },
  ...{ "iso-8859-1": "windows-1252", latin1: "windows-1252", "windows-1252": "windows-1252" },
  ...{ "iso-8859-15": "iso-8859-15", "utf-16": "utf-16le", "utf-16le": "utf-16le", "utf-16be": "utf-16be" },
};

const lenient = new TextDecoder("utf-8");
const strict = new TextDecoder("utf-8", { fatal: true });

/** Enough for a byte order mark and the declaration of XML. */
const firstBytes = 200;

export class Decoding {
  private first: Uint8Array = new Uint8Array();
  private pieces: Pieces | null = null;

  constructor(private readonly faults: FaultLog) {}

  push(bytes: Uint8Array): string {
    if (this.pieces) return this.pieces.push(bytes);
    this.first = concat(this.first, bytes);
    return this.first.length < firstBytes ? "" : this.begin();
  }

  finish(): string {
    return (this.pieces ? "" : this.begin()) + (this.pieces?.finish() ?? "");
  }

  private begin(): string {
    const encoding = encodingOf(this.first);
    if (encoding === null)
      return this.faults.end(
        "content has an encoding other than UTF-8, UTF-16 and Latin-1.",
        "UNKNOWN_VALUE",
      );
    this.pieces = encoding === "utf-8" ? new Utf8Pieces() : new OtherPieces(encoding);
    return this.pieces.push(this.first).replace(/^\ufeff/, "");
  }
}

interface Pieces {
  push(bytes: Uint8Array): string;
  finish(): string;
}

/** The first two bytes of a byte order mark, or of "<" in UTF-16 without one. */
const beginnings: readonly (readonly [number, number, Encoding])[] = [
  [0xff, 0xfe, "utf-16le"],
  [0x3c, 0x00, "utf-16le"],
  [0xfe, 0xff, "utf-16be"],
  [0x00, 0x3c, "utf-16be"],
];

/** Null for an encoding that is declared and not known. */
function encodingOf(bytes: Uint8Array): Encoding | null {
  const mark = beginnings.find(([one, two]) => bytes[0] === one && bytes[1] === two);
  if (mark) return mark[2];
  const beginning = lenient.decode(bytes.subarray(0, firstBytes));
  const found = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]*)["']/.exec(beginning);
  return found ? (declared[found[1]?.toLowerCase() ?? ""] ?? null) : "utf-8";
}

class OtherPieces implements Pieces {
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(private readonly encoding: Encoding) {
    this.decoder = new TextDecoder(encoding);
  }

  push(bytes: Uint8Array): string {
    const text = this.decoder.decode(bytes, { stream: true });
    return this.encoding === "windows-1252" ? asWindows(text) : text;
  }

  finish(): string {
    return this.decoder.decode();
  }
}

class Utf8Pieces implements Pieces {
  private rest: Uint8Array = new Uint8Array();
  private hasUtf8 = false;
  private isWindows = false;

  push(bytes: Uint8Array): string {
    if (this.isWindows) return asWindows(latin(bytes));
    const all = concat(this.rest, bytes);
    const end = all.length - incompleteAtEnd(all);
    this.rest = all.slice(end);
    return this.decode(all.subarray(0, end));
  }

  finish(): string {
    const { rest } = this;
    this.rest = new Uint8Array();
    return rest.length === 0 ? "" : this.decode(rest);
  }

  private decode(bytes: Uint8Array): string {
    try {
      const text = strict.decode(bytes);
      this.hasUtf8 ||= text.length < bytes.length;
      return text;
    } catch {
      return this.decodeBroken(bytes);
    }
  }

  /** Either the file is not UTF-8 at all, or the bank has cut a character of it in half. */
  private decodeBroken(bytes: Uint8Array): string {
    const text = lenient.decode(bytes);
    const broken = text.match(/\ufffd/g)?.length ?? 0;
    const other = (text.match(/[^\0-\u007f]/gu)?.length ?? 0) - broken;
    if (this.hasUtf8 || other > broken) return text;
    this.isWindows = true;
    const { rest } = this;
    this.rest = new Uint8Array();
    return asWindows(latin(concat(bytes, rest)));
  }
}

/** How many bytes at the end begin a character that the next piece completes. */
function incompleteAtEnd(bytes: Uint8Array): number {
  for (let count = 1; count <= Math.min(3, bytes.length); count++) {
    const byte = bytes[bytes.length - count] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return count < lengthFrom(byte) ? count : 0;
  }
  return 0;
}

function lengthFrom(byte: number): number {
  if (byte >= 0xf0) return 4;
  return byte >= 0xe0 ? 3 : 2;
}

const latin = (bytes: Uint8Array): string => new TextDecoder("windows-1252").decode(bytes);

/** Some versions of Node.js decode Windows-1252 as Latin-1, which has control characters in these places. */
const windowsOnly = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const asWindows = (text: string): string =>
  text.replaceAll(/[\u0080-\u009f]/g, (char) => windowsOnly[char.charCodeAt(0) - 0x80] ?? char);

function concat(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
