/** The GraphQL context: the caller, and a cache that lasts for one operation or one subscription event. */
import type { Principal } from "./principal";

export interface RequestContext {
  readonly principal: Principal | null;
  readonly clientAddress: string;
  /** Holds DataLoaders: created on first use, dropped with the operation or the event. */
  readonly memory: Map<symbol, unknown>;
}

export function remembered<T>(context: RequestContext, key: symbol, make: () => T): T {
  const known = context.memory.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  context.memory.set(key, made);
  return made;
}
