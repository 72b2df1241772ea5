/** Checks texts of one line, such as names and the lines of an address. */
import { hasBidirectionalControl, isVisible } from "./contact-text";
import { invalid } from "./errors";
import { isXmlText } from "./xml-text";

export interface LineShape {
  /** The most characters; 200 unless given. */
  readonly most?: number;
  /** Added to the message: what belongs into the line. */
  readonly hint?: string;
}

/** Control characters, and characters that end a line. */
const controlCharacter = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Returns the line without blanks around it. `field` is its name in the message. */
export function checkOneLine(field: string, text: string, { most = 200, hint }: LineShape = {}): string {
  const line = text.trim().normalize("NFC");
  const reason = faultOf(line, most);
  if (reason === null) return line;
  const ending = hint === undefined ? "." : `: ${hint}.`;
  throw invalid(`${field} must be one line of 1 to ${String(most)} characters${ending}`, { reason });
}

function faultOf(line: string, most: number): string | null {
  if (!isVisible(line)) return "EMPTY";
  if (line.length > most) return "TOO_LONG";
  const isPlain = isXmlText(line) && !controlCharacter.test(line) && !hasBidirectionalControl(line);
  return isPlain ? null : "MALFORMED";
}
