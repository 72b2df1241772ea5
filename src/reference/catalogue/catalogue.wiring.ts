/** The forms: published once at the start, and shown to form sites. */
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { CatalogueResolver } from "./catalogue.resolver";
import type { ConfirmationChannel } from "./form";
import { products } from "./products";
import { publishForms, type Publication } from "./publish.service";
import { VehicleResolver } from "./vehicle.resolver";

export interface CatalogueDeps {
  /** The channels by which a code can be sent; forms offer no others. */
  readonly canSend: readonly ConfirmationChannel[];
  /** What a new version of a form would take from campaigns. */
  readonly losses: Publication["losses"];
}

export const buildCatalogue = (
  { transact, clock }: Foundation,
  { canSend, losses }: CatalogueDeps,
): Module<Record<string, never>> => ({
  services: {},
  prepare: [() => publishForms(transact, { products, at: clock.now(), losses })],
  resolvers: [new CatalogueResolver(canSend), new VehicleResolver()],
});
