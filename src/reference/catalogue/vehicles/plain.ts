/** Normalises a name for comparison: without accents, case, spaces and punctuation. "Škoda" equals "SKODA". */
export const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\+/g, "plus")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
