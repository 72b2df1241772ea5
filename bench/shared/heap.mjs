/** The memory held after garbage collection: heap objects and external bytes. */
export async function heapBytes() {
  if (!globalThis.gc) throw new Error("Run node with --expose-gc: memory is measured after a collection.");
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    // Finalizers and recently closed sockets are released between two collections.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heapUsed, external };
}
