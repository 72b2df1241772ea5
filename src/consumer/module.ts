/**
 * The consumer module: takes a request from the form to its confirmation, and shows the person their request and
 * lets them withdraw it.
 */
import { IntakeResolver } from "./intake/intake.resolver";
import { NotSentResolver } from "./person/not-sent.resolver";
import { PersonResolver } from "./person/person.resolver";
import { buildIntake, type IntakeDeps } from "./intake/intake.wiring";
import { buildPerson, type PersonDeps, type PersonServices } from "./person/person.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { consumerPermissions } from "./permissions";

export const consumerApi: ModuleApi = {
  resolvers: [IntakeResolver, NotSentResolver, PersonResolver],
  permissions: consumerPermissions,
};

export interface ConsumerServices {
  readonly person: PersonServices;
}

export type ConsumerModule = Module<ConsumerServices>;
export type ConsumerDeps = IntakeDeps & PersonDeps;

export function buildConsumerModule(foundation: Foundation, deps: ConsumerDeps): ConsumerModule {
  const intake = buildIntake(foundation, deps);
  const person = buildPerson(foundation, deps);
  return { services: { person: person.services }, ...partsOf([intake, person]) };
}
