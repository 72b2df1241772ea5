/** Cleans the texts of a file: one line, without control characters, of bounded length. */

const mostText = 500;

export function oneLine(text: string, most = mostText): string {
  // Longer texts are cut before they are cleaned, because cleaning costs time for each character.
  const cut = text.length > most * 20 ? text.slice(0, most * 20) : text;
  const line = cut.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  // A character outside the basic plane must not be cut in half.
  return line
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .normalize("NFC")
    .slice(0, most);
}

/** The pieces that are not empty, in one line. */
export function joined(pieces: readonly (string | null | undefined)[]): string {
  return oneLine(pieces.filter((piece) => piece != null && piece !== "").join(" "));
}
