/**
 * The common set-up of most test files: servers, a connection to their database as the owner, and their
 * clean-up.
 */
import { asOwnerOf, type Owner } from "./rows";
import { startTestServer, type TestServer, type TestServerOptions } from "./server";

interface Started {
  readonly server: TestServer;
  readonly owner: Owner;
}

interface TwoStarted {
  readonly servers: [TestServer, TestServer];
  readonly owner: Owner;
}

/** One server for the whole file. `ready` keeps what was started and prepares what every test needs. */
export function useServer(ready: (started: Started) => unknown, options: TestServerOptions = {}): void {
  const ending: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const server = await startTestServer(options);
    ending.unshift(() => server.stop());
    const owner = await asOwnerOf(server.database);
    ending.unshift(() => owner.end());
    await ready({ server, owner });
  });
  afterAll(async () => {
    for (const end of ending) await end();
  });
}

/** Two servers on one database, as two processes in production. */
export function useTwoServers(ready: (started: TwoStarted) => unknown): void {
  let beside: TestServer;
  // Registered first, so that it runs first: the database is dropped with the other server.
  afterAll(() => beside.stop());
  useServer(async ({ server, owner }) => {
    beside = await startTestServer({ beside: server });
    await ready({ servers: [server, beside], owner });
  });
}
