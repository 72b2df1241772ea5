/** Measures the memory in use after garbage collection. */
export function heldBytes() {
  if (!globalThis.gc) throw new Error("Run node with --expose-gc: memory is measured after a collection.");
  // The second collection takes what the first one has only made collectable.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
