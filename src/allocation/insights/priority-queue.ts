/** A binary heap that returns items by their instant and, for equal instants, by their order. */
export interface Queued {
  readonly atMs: number;
  readonly order: number;
}

export class PriorityQueue<T extends Queued> {
  private readonly heap: T[] = [];

  push(item: T): void {
    let at = this.heap.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.heap[above];
      if (!parent || isBefore(parent, item)) break;
      this.heap[at] = parent;
      at = above;
    }
    this.heap[at] = item;
  }

  shift(): T | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) this.sink(last);
    return first;
  }

  private sink(item: T): void {
    let at = 0;
    for (;;) {
      const below = this.earlierOf(2 * at + 1);
      const child = this.heap[below];
      if (!child || isBefore(item, child)) break;
      this.heap[at] = child;
      at = below;
    }
    this.heap[at] = item;
  }

  private earlierOf(left: number): number {
    const [one, other] = [this.heap[left], this.heap[left + 1]];
    return one && other && isBefore(other, one) ? left + 1 : left;
  }
}

const isBefore = (one: Queued, other: Queued): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
