/** What is held in memory, after everything that can be let go has been. */
export function heldBytes() {
  if (!globalThis.gc) throw new Error("Run node with --expose-gc: memory is measured after a collection.");
  // The second one takes what the first one only set free.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
