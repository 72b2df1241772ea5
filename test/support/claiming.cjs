/** Claims an idempotency key and never finishes its work, for tests that kill the process in between. */
const path = require("node:path");

const [, , url, keyInHex, request] = process.argv;
// The build need not exist when imports are checked.
const built = (file) => require(path.resolve(__dirname, "../../dist/src", file));
const { transactOn } = built("platform/database.js");
const { openDatabase } = built("platform/pools.js");
const { systemClock } = built("platform/clock.js");
const { ringOf } = built("platform/sealed/key-ring.js");
const { IdempotencyService } = built("access/identity/idempotency.service.js");

void (async () => {
  const transact = transactOn(await openDatabase({ url, entities: [] }));
  const idempotency = new IdempotencyService(ringOf(Buffer.from(keyInHex, "hex")), systemClock);
  const asStaff = (work) => transact({ role: "staff" }, work);
  await idempotency.onceAcross(asStaff, JSON.parse(request), (callKey) => {
    process.stdout.write(`${callKey}\n`);
    return new Promise(() => undefined);
  });
})();
