/** Wires the lists of people whom suppliers already have as customers. */
import type { AuditService } from "../../access/identity";
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module } from "../../platform/module";
import { OwnCustomersResolver } from "./own-customers.resolver";
import { OwnCustomers } from "./own-customers.service";

export interface OwnCustomersServices {
  readonly ownCustomers: OwnCustomers;
}

export interface OwnCustomersDeps {
  readonly audit: AuditService;
}

export function buildOwnCustomers(
  { transact, clock, keys, log }: Foundation,
  { audit }: OwnCustomersDeps,
): Module<OwnCustomersServices> {
  const ownCustomers = new OwnCustomers({ transact, audit, clock }, keys.indexKey);
  const forget = (): Promise<unknown> => transact({ role: "worker" }, (tx) => ownCustomers.forgetOld(tx));
  return {
    services: { ownCustomers },
    resolvers: [new OwnCustomersResolver(ownCustomers)],
    jobs: [
      repeated({ name: "forgetting old lists of customers", pauseMs: 60_000, clock, log, work: forget }),
    ],
  };
}
