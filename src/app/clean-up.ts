/** Once a minute, in every process: what is kept no longer goes. */
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const cleanEveryMs = 60_000;

export function cleanUp(services: Services, { clock, log }: Foundation): Repeated {
  const { intake, identity, transact, retention, notices, ownCustomers, endpoints, returning, sandbox } =
    services;
  const clean = async (): Promise<void> => {
    const deleted = await intake.cleaner.run();
    if (deleted > 0) log.info({ deleted }, "unconfirmed requests were deleted");
    const erased = await retention.run();
    if (erased > 0) log.info({ erased }, "requests were erased after six months");
    await notices.run();
    await returning.returns.closeOverdue();
    await sandbox.sweep.run();
    await transact({ role: "worker" }, (tx) => identity.idempotency.forgetOld(tx));
    await transact({ role: "worker" }, (tx) => ownCustomers.forgetOld(tx));
    await transact({ role: "worker" }, (tx) => endpoints.log.forgetOld(tx));
  };
  return repeat(clean, {
    clock,
    pauseMs: cleanEveryMs,
    onError: (error) => {
      log.error({ err: error }, "deleting what is kept no longer failed; it will be tried again");
    },
  });
}
