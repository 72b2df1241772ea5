/**
 * The code of a lettering (EcritureLet), by its number on the supplier's account: AA, AB, … ZZ, AAA, and so on.
 */
export function letteringCode(number: number): string {
  let code = "";
  // The codes of one letter are left out, so the first of two letters has number 27 in this count.
  for (let rest = number + 26; rest > 0; rest = (rest - 1 - ((rest - 1) % 26)) / 26) {
    code = String.fromCharCode(65 + ((rest - 1) % 26)) + code;
  }
  return code;
}
