/** Compares every digit whatever the first ones say, so that the time taken tells nothing. */
export function sameCode(given: string, right: string): boolean {
  const digits = given.replaceAll(/\s/g, "");
  let difference = digits.length ^ right.length;
  for (let i = 0; i < right.length; i++) difference |= digits.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
}
