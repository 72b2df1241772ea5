/** A name without what people leave out: accents, case, spaces and signs. "Škoda" and "SKODA" are the same. */
export const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\+/g, "plus")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
