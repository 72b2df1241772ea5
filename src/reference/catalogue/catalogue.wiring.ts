/** Wires the product catalogue: publishes the forms at the start and answers queries about products and vehicles. */
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { CatalogueResolver, ProductResolver } from "./catalogue.resolver";
import type { ConfirmationChannel } from "./form";
import { products } from "./products";
import { publishForms, type Publication } from "./publish.service";
import { VehicleResolver } from "./vehicle.resolver";

export interface CatalogueDeps {
  /** The channels that can send a confirmation code; forms offer only these. */
  readonly canSend: readonly ConfirmationChannel[];
  /** What existing campaigns would lose with a new version of a form. */
  readonly losses: Publication["losses"];
}

export const buildCatalogue = (
  { transact, clock }: Foundation,
  { canSend, losses }: CatalogueDeps,
): Module<Record<string, never>> => ({
  services: {},
  prepare: [() => publishForms(transact, { products, at: clock.now(), losses })],
  resolvers: [new CatalogueResolver(canSend), new ProductResolver(), new VehicleResolver()],
});
