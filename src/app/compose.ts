/** Builds the modules in order, from the bottom up. The dependencies of each are in deps/. */
import { buildAccessModule } from "../access/module";
import { buildAccountModule } from "../account/module";
import { buildAllocationModule } from "../allocation/module";
import { buildBillingModule } from "../billing/module";
import { buildConsumerModule } from "../consumer/module";
import { buildDeliveryModule } from "../delivery/module";
import { buildOffersModule } from "../offers/module";
import { buildPeopleModule } from "../people/module";
import { buildReferenceModule } from "../reference/module";
import { buildSandboxModule } from "../sandbox/module";
import type { Foundation } from "../platform/foundation";
import { afterCommit } from "./deps/after-commit";
import { callLater } from "./deps/call-later";
import * as lower from "./deps/lower-modules";
import type { CompositionInputs } from "./deps/given";
import * as upper from "./deps/upper-modules";
import type { Modules } from "./modules";

export function composeModules(foundation: Foundation, given: CompositionInputs): Modules {
  const nudges = afterCommit(foundation.hints);
  const later = callLater(() => ({ offers, sandbox }));

  const reference = buildReferenceModule(foundation, lower.reference(given));
  const people = buildPeopleModule(foundation);
  const access = buildAccessModule(foundation, lower.access(given, { people, later, nudges }));
  const account = buildAccountModule(foundation, lower.account(given, { access, later, nudges }, foundation));
  const offers = buildOffersModule(foundation, lower.offers({ reference, access, account, nudges }));
  const billing = buildBillingModule(foundation, lower.billing(given, { access, account, nudges }));

  const base = { reference, people, access, account, offers, nudges };
  const delivery = buildDeliveryModule(foundation, upper.delivery(foundation, given, base));
  const allocation = buildAllocationModule(foundation, upper.allocation(given, { ...base, delivery }));
  const selling = { ...base, delivery, allocation };
  const consumer = buildConsumerModule(foundation, upper.consumer(foundation, given, selling));
  const sandbox = buildSandboxModule(foundation, upper.sandbox({ ...selling, consumer }));

  return {
    reference,
    people,
    access,
    account,
    offers,
    billing,
    delivery,
    allocation,
    consumer,
    sandbox,
  };
}
