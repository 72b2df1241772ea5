/** The settings of an invented installation in production. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import type { TestDatabase } from "./database";

const key = (): string => randomBytes(32).toString("base64");
const receiptKey = generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });

const settings = {
  NODE_ENV: "production",
  PORT: "0",
  HOST: "127.0.0.1",
  DATA_DIR: tmpdir(),
  PUBLIC_URL: "https://leads.example.fr",
  MASTER_KEY: key(),
  INDEX_KEY: key(),
  TOKEN_KEY: key(),
  RECEIPT_KEY: receiptKey.toString("base64"),
  COMPANY_NAME: "Essai SAS",
  COMPANY_LEGAL_FORM: "SAS au capital de 10 000 €",
  COMPANY_SIREN: "000000026",
  COMPANY_REGISTER: "RCS Essai",
  COMPANY_STREET: "1 rue de l'Essai",
  COMPANY_POSTCODE: "75000",
  COMPANY_CITY: "Essai",
};

/** Without the owner's address, which a server in production does not need. */
export const environmentOf = ({ url }: Pick<TestDatabase, "url">): Readonly<Record<string, string>> => ({
  ...settings,
  DATABASE_URL: url,
});
