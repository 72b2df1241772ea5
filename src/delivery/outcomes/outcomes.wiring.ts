/** Builds the outcomes feature: suppliers report what became of their leads. */
import type { LeadVault } from "../../people/leads";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { DeliveryBook } from "../deliveries";
import { OutcomeResolver } from "./outcome.resolver";
import { OutcomesService } from "./outcomes.service";

export interface OutcomesDeps {
  readonly vault: LeadVault;
}

export function buildOutcomes(
  { transact, clock, keys }: Foundation,
  { vault }: OutcomesDeps,
  deliveries: DeliveryBook,
): Module<Record<string, never>> {
  const outcomes = new OutcomesService({ transact, deliveries, vault, clock }, keys.indexKey);
  return { services: {}, resolvers: [new OutcomeResolver(outcomes)] };
}
