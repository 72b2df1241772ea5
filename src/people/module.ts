/**
 * The people module: what persons request and consent to, and their sealed contact. It has no root fields of its
 * own; the consumer module offers them.
 */
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module } from "../platform/module";
import { buildConsent, type ConsentServices } from "./consent/consent.wiring";
import { buildLeads, type LeadsServices } from "./leads/leads.wiring";

export interface PeopleServices {
  readonly consent: ConsentServices;
  readonly leads: LeadsServices;
}

export type PeopleModule = Module<PeopleServices>;

export function buildPeopleModule(foundation: Foundation): PeopleModule {
  const consent = buildConsent(foundation);
  const leads = buildLeads(foundation, consent.services.consents);
  return {
    services: { consent: consent.services, leads: leads.services },
    ...partsOf([consent, leads]),
  };
}
