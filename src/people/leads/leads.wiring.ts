/** Builds the leads feature: requests, their states, and the sealed persons behind them. */
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module } from "../../platform/module";
import type { ConsentRecord } from "../consent";
import { ConfirmationBook } from "./confirmation-book.service";
import { DigestForms } from "./digest-forms.service";
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

export function buildLeads(
  { keys, transact, clock, log }: Foundation,
  consents: ConsentRecord,
): Module<LeadsServices> {
  const book = new LeadBook();
  const vault = new LeadVault(keys.masterKey, keys.indexKey);
  const forms = new DigestForms(vault);
  const renewDigests = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && (await transact({ role: "worker" }, (tx) => forms.renew(tx))) > 0);
  };
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
    jobs: [repeated({ name: "digests of an earlier form", pauseMs: 60_000, clock, log, work: renewDigests })],
  };
}
