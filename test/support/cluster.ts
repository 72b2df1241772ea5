/** The address of the tests' PostgreSQL, passed from the global set-up to every worker. */
export interface TestCluster {
  /** The address of a superuser. Its database is not used by tests. */
  readonly ownerUrl: string;
  readonly template: string;
  readonly login: { readonly user: string; readonly password: string };
}

const variable = "CARATLAS_TEST_CLUSTER";

export function publishCluster(cluster: TestCluster): void {
  process.env[variable] = JSON.stringify(cluster);
}

export function publishedCluster(): TestCluster {
  const text = process.env[variable];
  if (text === undefined) throw new Error("There is no test database: run the tests with npx jest.");
  return JSON.parse(text) as TestCluster;
}

/** The address of another database on the same server, optionally with another role. */
export function addressOf(ownerUrl: string, database: string, login?: TestCluster["login"]): string {
  const url = new URL(ownerUrl);
  url.pathname = `/${database}`;
  if (login !== undefined) {
    url.username = login.user;
    url.password = login.password;
  }
  return url.href;
}
