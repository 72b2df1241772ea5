/** Serves every page that people read, apart from those of the server itself. */
import type { FastifyInstance } from "fastify";
import { addDocs } from "./docs";
import { addGraphiql } from "./graphiql";
import { addPersonPage } from "./person";
import { addSharedFiles } from "./shared";
import { addSupplierPages } from "./supplier";
import { addTerms } from "./terms";

export interface WebPages {
  /** The version of the terms for suppliers. */
  readonly termsVersion: string;
  readonly forDevelopers: boolean;
}

export function addWebPages(app: FastifyInstance, { termsVersion, forDevelopers }: WebPages): void {
  for (const add of [addSharedFiles, addPersonPage, addSupplierPages, addDocs]) add(app);
  addTerms(app, termsVersion);
  if (forDevelopers) addGraphiql(app);
}
