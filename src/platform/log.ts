/**
 * The log on stdout: JSON in production, readable lines elsewhere. It never contains request bodies, variables,
 * keys or personal data, and no logged text can start a new line or send terminal commands.
 */
import pino, { type Logger } from "pino";

export type Log = Logger;

export interface LogOptions {
  readonly format: "json" | "lines";
  readonly level: string;
  readonly write?: (text: string) => void;
}

export function createLog({ format, level, write = toStdout }: LogOptions): Log {
  const shape = format === "json" ? (line: string) => `${withoutControls(line.trimEnd())}\n` : readable;
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Database errors carry the query and its parameters, so only selected properties are logged.
      serializers: { err: describeError, error: describeError },
      redact: ["authorization", "password", "token", "*.authorization", "*.password", "*.token"],
    },
    { write: (line: string) => write(shape(line)) },
  );
}

const toStdout = (text: string): void => void process.stdout.write(text);

/** Escapes control characters: line breaks, terminal commands and changes of text direction. */
export function withoutControls(text: string): string {
  return text.replace(controls, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const controls = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

function readable(line: string): string {
  const { time, level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const details = Object.entries(rest).map(([key, value]) => `${key}=${plainly(value)}`);
  const words = [
    String(time).slice(11, 19),
    String(level).toUpperCase().padEnd(5),
    plainly(msg ?? ""),
    ...details,
  ];
  return `${withoutControls(words.join(" "))}\n`;
}

const plainly = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export interface ErrorDescription {
  readonly name: string;
  readonly message?: string;
  readonly frames?: readonly string[];
  readonly [detail: string]: unknown;
}

/** Describes an error for the log: its origin, and its message without quoted text, addresses and long numbers. */
export function describeError(error: unknown): ErrorDescription {
  if (isDescription(error)) return error;
  if (!(error instanceof Error)) return { name: typeof error };
  const details = Object.fromEntries(
    safeDetails
      .map((key) => [key, (error as unknown as Record<string, unknown>)[key]] as const)
      .filter(isText),
  );
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause).name };
  return {
    name: error.name,
    message: masked(error.message),
    ...details,
    ...cause,
    frames: frames.map(trim).slice(0, 12),
  };
}

// "detail" and "where" of PostgreSQL contain values and are left out on purpose.
const safeDetails = ["code", "constraint", "table", "column", "schema", "routine", "syscall"] as const;

const isText = (entry: readonly [string, unknown]): boolean => typeof entry[1] === "string";
const trim = (line: string): string => line.trim();
const isDescription = (value: unknown): value is ErrorDescription =>
  typeof value === "object" && value !== null && !(value instanceof Error) && "frames" in value;

function masked(message: string): string {
  return message
    .replace(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .replace(/\S+@\S+/g, "…")
    .replace(/\+?\d[\d .-]{5,}\d/g, "…")
    .slice(0, 500);
}
