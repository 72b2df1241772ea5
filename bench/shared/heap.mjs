/** What is held after everything that can be let go has been: objects, and bytes outside of them. */
export async function heapBytes() {
  if (!globalThis.gc) throw new Error("Run node with --expose-gc: memory is measured after a collection.");
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    // Finalizers, and sockets that have just closed, are let go between two collections.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heapUsed, external };
}
