/** The layout of all mails, French first and English below, and the format of times and amounts. */
import { DateTime } from "luxon";

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Links to pages of CarAtlas. They contain no more of a lead than its id. */
export interface MailLinks {
  readonly lead: (leadId: string) => string;
  readonly acknowledge: (leadId: string, acknowledgeBy: Date) => string;
}

export function mail(
  subject: string,
  { french, english }: { readonly french: readonly string[]; readonly english: readonly string[] },
): MailText {
  return {
    subject: `${subject} – CarAtlas`,
    text: `${[...french, "CarAtlas", "-- English --", ...english, "CarAtlas"].join("\n\n")}\n`,
  };
}

/** A supplier's free text, on one line. */
export const line = (words: string): string => words.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();

export const euros = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;

export const instant = (iso: string): string =>
  DateTime.fromISO(iso, { zone: "Europe/Paris" }).toFormat("dd/MM/yyyy HH:mm '(Paris)'");
