/** The consumer module. */
import { IntakeResolver } from "./intake/intake.resolver";
import { PersonResolver } from "./person/person.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const consumerApi: ModuleApi = {
  resolvers: [IntakeResolver, PersonResolver],
  permissions,
};
