/** Wraps a function so that its calls run one after another. Every call gets a run that began after the call. */
export function serializeCalls<A extends readonly unknown[], T>(
  work: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const next = before.then(() => work(...given));
    before = next.catch(() => undefined);
    return next;
  };
}
