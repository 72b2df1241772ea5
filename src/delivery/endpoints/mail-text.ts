/** What all mails have in common: French first, English below, and how a day and an amount are written. */
import { DateTime } from "luxon";

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Addresses of pages. Each begins with the public address of CarAtlas and knows the lead by its id only. */
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

/** A supplier's own words, in one line whatever they are. */
export const line = (words: string): string => words.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();

export const euros = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;

export const instant = (iso: string): string =>
  DateTime.fromISO(iso, { zone: "Europe/Paris" }).toFormat("dd/MM/yyyy HH:mm '(Paris)'");
