/** The environment as the settings see it. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Trimmed texts. An empty setting counts as not set. */
export function givenIn(environment: EnvironmentVariables): Readonly<Record<string, string>> {
  const texts = Object.entries(environment).map(([name, value]) => [name, value?.trim() ?? ""] as const);
  return Object.fromEntries(texts.filter(([, value]) => value !== ""));
}
