/** Claims an idempotency key and never finishes its work, for tests that kill the process in between. */
const [, , url, keyInHex, request] = process.argv;
const { openDatabase, transactOn } = require("../../dist/src/platform/database.js");
const { systemClock } = require("../../dist/src/platform/clock.js");
const { ringOf } = require("../../dist/src/platform/sealed/key-ring.js");
const { IdempotencyService } = require("../../dist/src/access/identity/idempotency.service.js");

void (async () => {
  const transact = transactOn(await openDatabase({ url, entities: [] }));
  const idempotency = new IdempotencyService(ringOf(Buffer.from(keyInHex, "hex")), systemClock);
  const asStaff = (work) => transact({ role: "staff" }, work);
  await idempotency.onceAcross(asStaff, JSON.parse(request), (callKey) => {
    process.stdout.write(`${callKey}\n`);
    return new Promise(() => undefined);
  });
})();
