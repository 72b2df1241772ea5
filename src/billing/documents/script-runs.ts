/**
 * Splits a line of text into runs that are drawn one after the other, from left to right: each in the font that
 * has its characters, and right-to-left scripts in their visual order (Unicode bidirectional algorithm).
 */
import bidiFactory from "bidi-js";

/** "latin" also has Greek and Cyrillic. */
export const faces = ["latin", "arabic", "japanese", "chinese", "korean"] as const;
export type Face = (typeof faces)[number];

export interface Run {
  readonly face: Face;
  /** In the order in which a font is given it: it turns Arabic around itself. */
  readonly text: string;
}

/** Whether the font of a face has a character. */
export type Covers = (face: Face, character: string) => boolean;

/** Drawn for a character that no font has. */
export const replacement = "\u25a1";

const bidi = bidiFactory();
/** With the punctuation that Arabic shares with other scripts. */
const arabic = /\p{scx=Arab}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const eastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fc\uff00-\uffef]+/gu;
const hangul = /\p{Script=Hangul}/u;
/** A font turns around what it takes for Arabic: anything with such a letter or digit. */
const turnedByFont = /\p{Script=Arabic}/u;
/** Direction marks and other characters without a shape. Vowel marks of Arabic are not written in names. */
const shapeless = /[\p{Cf}\p{Cc}]|(?<=\p{Script=Arabic}\p{Mn}*)\p{Mn}/gu;

/** The faces whose fonts a text can need; always with "latin" first. */
export const facesOf = (text: string): Face[] => [
  "latin",
  ...(arabic.test(text) ? (["arabic"] as const) : []),
  ...(text.search(eastern) < 0 ? [] : (["japanese", "chinese"] as const)),
  ...(hangul.test(text) ? (["korean"] as const) : []),
];

interface Piece {
  face: Face;
  level: number;
  text: string;
}

export function runsOf(text: string, covers: Covers): Run[] {
  const shown = text.normalize("NFC").replace(shapeless, "");
  return inVisualOrder(piecesOf(shown, covers)).map(({ face, text: piece, level }) => ({
    face,
    text: asGiven(face, piece, level % 2 === 1),
  }));
}

/** Consecutive characters of one face and one level of embedding, in the order in which they are read. */
function piecesOf(text: string, covers: Covers): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of signsOf(text, covers)) {
    const last = pieces.at(-1);
    if (last?.face === piece.face && last.level === piece.level) last.text += piece.text;
    else pieces.push(piece);
  }
  return pieces;
}

function signsOf(text: string, covers: Covers): Piece[] {
  const { levels } = bidi.getEmbeddingLevels(text, "ltr");
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const faceFor = facesFor(text, covers);
  return Array.from(text.matchAll(/./gsu), ({ 0: character, index }) => {
    const level = levels[index] ?? 0;
    const sign = mirrored.get(index) ?? character;
    const face = faceFor(index).find((one) => covers(one, sign));
    return face === undefined ? { face: "latin", level, text: replacement } : { face, level, text: sign };
  });
}

/**
 * The faces to try at a position. A word of East Asian characters is written in one font if one has all of them,
 * because Chinese and Japanese fonts look different.
 */
function facesFor(text: string, covers: Covers): (at: number) => readonly Face[] {
  const all = facesOf(text);
  const words = Array.from(text.matchAll(eastern), ({ 0: word, index }) => {
    const lacking = (face: Face): number => Array.from(word).filter((sign) => !covers(face, sign)).length;
    const both: Face[] = kana.test(word) ? ["japanese", "chinese"] : ["chinese", "japanese"];
    const order = both.sort((one, other) => lacking(one) - lacking(other));
    return { from: index, until: index + word.length, faces: [...order, ...all] };
  });
  return (at) => words.find(({ from, until }) => at >= from && at < until)?.faces ?? all;
}

/** Rule L2: from the highest level to the lowest odd one, reverses what is at that level or above. */
function inVisualOrder(pieces: readonly Piece[]): readonly Piece[] {
  let ordered = [...pieces];
  for (let level = Math.max(0, ...pieces.map((piece) => piece.level)); level > 0; level--) {
    const next: Piece[] = [];
    let reversed: Piece[] = [];
    for (const piece of ordered) {
      if (piece.level >= level) reversed = [piece, ...reversed];
      else {
        next.push(...reversed, piece);
        reversed = [];
      }
    }
    ordered = [...next, ...reversed];
  }
  return ordered;
}

function asGiven(face: Face, text: string, isRightToLeft: boolean): string {
  const isTurnedByFont = face === "arabic" && turnedByFont.test(text);
  return isTurnedByFont === isRightToLeft ? text : Array.from(text).reverse().join("");
}
