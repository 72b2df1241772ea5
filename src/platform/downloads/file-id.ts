/**
 * The id of a file: its kind and its keys, such as `lead-statement.<supplier>.2026-11.CSV`. It says which file is
 * meant and grants nothing, so it need not be secret or stored.
 */
export interface FileIdParts {
  readonly kind: string;
  readonly keys: readonly string[];
}

export const filesPath = "/files/";

/** Fastify refuses longer parts of an address. */
const longest = 100;
const shape = /^[a-z]+(-[a-z]+)*(\.[A-Za-z0-9-]+)+$/;

export function fileIdOf({ kind, keys }: FileIdParts): string {
  const id = [kind, ...keys].join(".");
  if (isFileId(id)) return id;
  throw new Error(`The keys of a file of the kind ${kind} cannot be part of its address.`);
}

/** Null when the text is not the id of a file. */
export function readFileId(id: string): FileIdParts | null {
  if (!isFileId(id)) return null;
  const [kind = "", ...keys] = id.split(".");
  return { kind, keys };
}

const isFileId = (id: string): boolean => id.length <= longest && shape.test(id);
