/** Settings that the server does not read: those of the command-line programs and of docker-compose.yml. */
import { z } from "zod";
import { ConfigError } from "./config";
import { databaseSettings } from "./database";
import { givenIn, type EnvironmentVariables } from "./environment";
import { about, optional, text } from "./kinds";
import { dataDir } from "./server";

export const programSettings = {
  CARATLAS_API_KEY: optional(text()).register(about, {
    description: "The API key that the programs of src/cli sign in with.",
  }),
};

const command = "openssl rand -hex 24";

export const composeSettings = {
  DATABASE_OWNER_PASSWORD: optional(text()).register(about, {
    description:
      "The password of the role that owns the schema; DATABASE_OWNER_URL is composed from it. Use only characters that need no escaping in an address.",
    command,
  }),
  DATABASE_LOGIN_PASSWORD: optional(text()).register(about, {
    description: "The password of the role that the server works with; DATABASE_URL is composed from it.",
    command,
  }),
};

export interface ProgramConfig {
  readonly apiKey: string | null;
  /** Where a demo leaves its demo.json. */
  readonly dataDir: string;
  /** The folder in which the person called the program; npm runs it in the project's folder. */
  readonly calledIn: string;
}

export const programConfigOfProcess = (): ProgramConfig => readProgramConfig(process.env);

export function readProgramConfig(environment: EnvironmentVariables): ProgramConfig {
  const values = z.object({ ...programSettings, DATA_DIR: dataDir }).parse(givenIn(environment));
  return Object.freeze({
    apiKey: values.CARATLAS_API_KEY,
    dataDir: values.DATA_DIR,
    calledIn: environment["INIT_CWD"] ?? process.cwd(),
  });
}

export interface DatabaseConfig {
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  readonly databaseLoginSecret: string | null;
}

export const databaseConfigOfProcess = (): DatabaseConfig => readDatabaseConfig(process.env);

/** For programs that work on the database as its owner and need no other setting of the server. */
export function readDatabaseConfig(environment: EnvironmentVariables): DatabaseConfig {
  const { data, error } = z.object(databaseSettings).safeParse(givenIn(environment));
  const problems = (error?.issues ?? []).map(({ path, message }) => `${String(path[0])}: ${message}.`);
  if (data === undefined) throw new ConfigError(problems);
  const { DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: ownerUrl } = data;
  if (databaseUrl === null) {
    throw new ConfigError([
      "DATABASE_URL is missing: the address of a PostgreSQL 15 or newer. The embedded one is migrated when the server starts.",
    ]);
  }
  const databaseLoginSecret = data.DATABASE_LOGIN_SECRET;
  return Object.freeze({ databaseUrl, databaseOwnerUrl: ownerUrl ?? databaseUrl, databaseLoginSecret });
}
