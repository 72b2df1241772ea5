/** Calls wait for each other: whoever calls has a run of its own that began after the call. */
export function oneAfterAnother<A extends readonly unknown[], T>(
  work: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const next = before.then(() => work(...given));
    before = next.catch(() => undefined);
    return next;
  };
}
