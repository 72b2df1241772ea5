/** Builds the leads feature: requests, their states, and the sealed persons behind them. */
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { ConsentRecord } from "../consent";
import { ConfirmationBook } from "./confirmation-book.service";
import { LeadBook } from "./lead-book.service";
import { LeadReader } from "./lead-reader.service";
import { LeadVault } from "./lead-vault.service";
import { PersonTokens } from "./person-token.service";
import { RepeatRequests } from "./repeat-requests.service";
import { UnconfirmedRequests } from "./unconfirmed.service";

export interface LeadsServices {
  readonly book: LeadBook;
  readonly vault: LeadVault;
  readonly reader: LeadReader;
  readonly repeats: RepeatRequests;
  readonly confirmations: ConfirmationBook;
  readonly unconfirmed: UnconfirmedRequests;
  readonly tokens: PersonTokens;
}

export function buildLeads({ keys }: Foundation, consents: ConsentRecord): Module<LeadsServices> {
  const book = new LeadBook();
  const vault = new LeadVault(keys.masterKey, keys.indexKey);
  return {
    services: {
      book,
      vault,
      reader: new LeadReader(vault),
      repeats: new RepeatRequests(book),
      confirmations: new ConfirmationBook(),
      unconfirmed: new UnconfirmedRequests(consents),
      tokens: new PersonTokens(keys.tokenKey),
    },
  };
}
