/** The header that makes browsers save a file under its name instead of showing it. */

const longest = 120;

/** Characters with a meaning in headers, paths or shells are replaced, and so is a dot at the beginning. */
export const safeName = (name: string): string =>
  name
    .replaceAll(/[^A-Za-z0-9._-]/g, "_")
    .replace(/^\./, "_")
    .slice(-longest) || "file";

export const dispositionOf = (name: string): string => `attachment; filename="${safeName(name)}"`;
