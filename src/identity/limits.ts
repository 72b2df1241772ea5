/**
 * Which part of a supplier somebody may see: the campaigns that are listed, and every campaign of the sites that
 * are listed, also one that is created there later. What that means for a row is row-level security's answer;
 * here is only what can be said without looking at one.
 */
export interface Limits {
  readonly sites: readonly string[];
  readonly campaigns: readonly string[];
}

type Limited = { readonly limits: Limits | null };

/** The same text for the same limits, in whatever order and however often they were listed; "" without any. */
export function limitsKeyOf({ limits }: Limited): string {
  if (limits === null) return "";
  return `sites ${textOf(limits.sites)} campaigns ${textOf(limits.campaigns)}`;
}

/** Each once and in order, so that what is stored, shown and compared is one text. */
export const inOrder = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

const textOf = (ids: readonly string[]): string => inOrder(ids).join(",");
