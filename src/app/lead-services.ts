/** Requests, the people behind them, and what they consented to. */
import { ConsentRecord } from "../people/consent/consent-record.service";
import { RepeatRequests } from "../people/leads/repeat-requests.service";
import { LeadBook } from "../people/leads/lead-book.service";
import { LeadReader } from "../people/leads/lead-reader.service";
import { LeadVault } from "../people/leads/lead-vault.service";
import { PersonTokens } from "../people/leads/person-token.service";
import type { Keys } from "./keys";

export function leadServices(keys: Keys) {
  const vault = new LeadVault(keys.masterKey, keys.indexKey);
  const tokens = new PersonTokens(keys.tokenKey);
  const leads = new LeadBook();
  return {
    vault,
    tokens,
    leads,
    repeats: new RepeatRequests(leads),
    reader: new LeadReader(vault),
    consents: new ConsentRecord(),
  };
}
