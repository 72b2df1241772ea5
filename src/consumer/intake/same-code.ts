/** Compares in constant time, so that the duration reveals nothing about the code. Ignores white space. */
export function sameCode(given: string, right: string): boolean {
  const digits = given.replaceAll(/\s/g, "");
  let difference = digits.length ^ right.length;
  for (let i = 0; i < right.length; i++) difference |= digits.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
}
