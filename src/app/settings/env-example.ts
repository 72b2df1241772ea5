/**
 * Prints .env.example from the descriptions of the settings, with the defaults of production. A shell, docker
 * compose and `node --env-file` can all read the result.
 */
import { z } from "zod";
import { companySettings } from "./company";
import { databaseSettings } from "./database";
import { einvoicingSettings, reportingSettings } from "./einvoicing";
import { keySettings } from "./keys";
import { about, type About } from "./kinds";
import { onboardingSettings } from "./onboarding";
import { composeSettings, programSettings } from "./programs";
import { limitSettings, serverSettings } from "./server";
import { mailSettings, outboundSettings, stripeSettings } from "./services";
import { trialSettings } from "./trials";

/** The server's sections hold all fields of the schema; the last two are read by other programs. */
export const sections: Readonly<Record<string, z.ZodRawShape>> = {
  Server: serverSettings(true),
  Database: databaseSettings,
  Keys: keySettings,
  "The company that sells the leads": companySettings,
  Limits: limitSettings(true),
  Mail: mailSettings,
  Stripe: stripeSettings,
  "E-invoicing": { ...einvoicingSettings, ...reportingSettings },
  "Suppliers' terms and VAT numbers": onboardingSettings,
  "Connections to other servers": outboundSettings,
  "Demo and tests": trialSettings,
  "Command-line programs": programSettings,
  "docker-compose.yml only": composeSettings,
};

const width = 110;
const intro = [
  "Every setting of CarAtlas, as a template for production. `npm run env:example` writes this file from the descriptions in src/app/settings; do not edit it by hand.",
  "Nothing has to be set to try CarAtlas: without NODE_ENV=production the server starts its own database, generates its keys and fills itself with demo data.",
  "The server reads its environment, not this file. To use it: cp .env.example .env, fill it in, then npm run build && node --env-file=.env dist/src/app/main.js. docker-compose.yml reads .env by itself. Keep .env out of version control. Put quotes around a value with spaces, as in the examples.",
];
const notes: Readonly<Record<NonNullable<About["production"]>, string>> = {
  required: "Required in production.",
  ignored: "Ignored in production.",
  refused: "Production refuses to start with it.",
};

export function envExample(): string {
  const parts = Object.entries(sections).map(([title, settings]) =>
    [headingOf(title), ...Object.entries(settings).map(([name, field]) => linesOf(name, field))].join("\n\n"),
  );
  return `${[intro.map(comment).join("\n#\n"), ...parts].join("\n\n")}\n`;
}

const headingOf = (title: string): string => `# --- ${title} `.padEnd(width, "-");

function linesOf(name: string, field: z.core.$ZodType): string {
  const known = about.get(field);
  if (known === undefined) throw new Error(`${name} has no description.`);
  const { description, command, example, production } = known;
  const text = production === undefined ? description : `${description} ${notes[production]}`;
  const isUnused = production === "ignored" || production === "refused";
  return [
    comment(text),
    ...(command === undefined ? [] : [`# Generate it: ${command}`]),
    ...(example === undefined ? [] : [`# Example: ${quoted(example)}`]),
    `${isUnused ? "#" : ""}${name}=${quoted(defaultOf(field))}`,
  ].join("\n");
}

/** Defaults are texts, parsed like any other value. */
function defaultOf(field: z.core.$ZodType): string {
  return field instanceof z.ZodPrefault ? String(field.def.defaultValue) : "";
}

/** Quotes a value for a shell. Single quotes cannot contain an apostrophe. */
function quoted(value: string): string {
  if (/^[\w.,:/@%+*-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (/["$`\\!]/.test(value)) throw new Error(`This value cannot be quoted: ${value}`);
  return `"${value}"`;
}

function comment(words: string): string {
  const lines: string[] = [];
  let line = "#";
  for (const word of words.split(" ")) {
    if (line.length + word.length >= width) {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
