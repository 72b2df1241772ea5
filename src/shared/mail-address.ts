/**
 * Which e-mail addresses do we send to? Stricter than the standard: no quotes, comments or lists, and nothing that a
 * header or an envelope could read as more than one address.
 */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const shape = new RegExp(
  `^(?=.{1,64}@)${atom}(?:\\.${atom})*@(?:${label}\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`,
);
const longest = 254;

export const isMailAddress = (text: string): boolean => text.length <= longest && shape.test(text);

/** Explains to the supplier what is wrong with the address, or returns null. */
export const mailAddressFault = (text: string): string | null =>
  isMailAddress(text)
    ? null
    : "it is not one plain e-mail address, for example contact@garage.example (an accented domain as xn--…)";
