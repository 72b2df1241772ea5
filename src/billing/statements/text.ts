/** Cleans the texts of a file: one line, without control characters, of bounded length. */

const mostText = 500;

export function oneLine(text: string, most = mostText): string {
  // Longer texts are cut before they are cleaned, because cleaning costs time for each character.
  const cut = text.length > most * 20 ? text.slice(0, most * 20) : text;
  const line = cut.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return ownCopy(line.slice(0, most)).normalize("NFC").slice(0, most);
}

const [encoder, decoder] = [new TextEncoder(), new TextDecoder("utf-8", { ignoreBOM: true })];

/**
 * A part of a string keeps the whole string in memory, which here is a piece of the file; so what is kept is copied.
 * Half a character, as cutting may leave at the end, becomes a replacement character.
 */
const ownCopy = (text: string): string => decoder.decode(encoder.encode(text));

/** The pieces that are not empty, in one line. */
export function joined(pieces: readonly (string | null | undefined)[]): string {
  return oneLine(pieces.filter((piece) => piece != null && piece !== "").join(" "));
}
