/** Breaks texts into lines. */
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Breaks a text at its blanks into lines no wider than `width`, and inside words that are wider. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...broken(word, width, widthOf));
  }
  return lines;
}

function broken(word: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(word) <= width) return [word];
  const parts = [""];
  for (const { segment } of graphemes.segment(word)) {
    const longer = (parts.at(-1) ?? "") + segment;
    if (longer === segment || widthOf(longer) <= width) parts[parts.length - 1] = longer;
    else parts.push(segment);
  }
  return parts;
}
