/**
 * The characters that XML 1.0 forbids: controls other than tab and line breaks, halves of surrogate pairs, U+FFFE
 * and U+FFFF. A document that contains one cannot be read by anybody.
 */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu;

export const isXmlText = (text: string): boolean => text.search(forbidden) < 0;

export const withoutForbidden = (text: string): string => text.replace(forbidden, "");
