/** The ten modules by name, and their services for tests and the demo. */
import type { AccessModule, AccessServices } from "../access/module";
import type { AccountModule, AccountServices } from "../account/module";
import type { AllocationModule, AllocationServices } from "../allocation/module";
import type { BillingModule, BillingServices } from "../billing/module";
import type { ConsumerModule, ConsumerServices } from "../consumer/module";
import type { DeliveryModule, DeliveryServices } from "../delivery/module";
import type { OffersModule, OffersServices } from "../offers/module";
import type { PeopleModule, PeopleServices } from "../people/module";
import type { ReferenceModule, ReferenceServices } from "../reference/module";
import type { SandboxModule, SandboxServices } from "../sandbox/module";
import type { Transact } from "../platform/database";
import type { Foundation } from "../platform/foundation";
import type { Module } from "../platform/module";

export interface Modules {
  readonly reference: ReferenceModule;
  readonly people: PeopleModule;
  readonly access: AccessModule;
  readonly account: AccountModule;
  readonly offers: OffersModule;
  readonly billing: BillingModule;
  readonly delivery: DeliveryModule;
  readonly allocation: AllocationModule;
  readonly consumer: ConsumerModule;
  readonly sandbox: SandboxModule;
}

/** In the order in which they were built. */
export const modulesInOrder = (modules: Modules): readonly Module<unknown>[] => [
  modules.reference,
  modules.people,
  modules.access,
  modules.account,
  modules.offers,
  modules.billing,
  modules.delivery,
  modules.allocation,
  modules.consumer,
  modules.sandbox,
];

/** The services that tests and the demo use directly. */
export interface Services {
  readonly transact: Transact;
  readonly reference: ReferenceServices;
  readonly people: PeopleServices;
  readonly access: AccessServices;
  readonly account: AccountServices;
  readonly offers: OffersServices;
  readonly billing: BillingServices;
  readonly delivery: DeliveryServices;
  readonly allocation: AllocationServices;
  readonly consumer: ConsumerServices;
  readonly sandbox: SandboxServices;
}

export const servicesOf = ({ transact }: Foundation, modules: Modules): Services => ({
  transact,
  reference: modules.reference.services,
  people: modules.people.services,
  access: modules.access.services,
  account: modules.account.services,
  offers: modules.offers.services,
  billing: modules.billing.services,
  delivery: modules.delivery.services,
  allocation: modules.allocation.services,
  consumer: modules.consumer.services,
  sandbox: modules.sandbox.services,
});
