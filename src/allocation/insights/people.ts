/**
 * How many people stand behind some requests? Requests that share an e-mail address or a number are one
 * person's, and so are two that share theirs with a third. Whether an address was proved is not asked: to
 * take two people for one only ever hides more.
 */
export class People {
  private readonly parents: number[] = [];
  private readonly firstWith = new Map<string, number>();

  /** One more request, by the digests of its contacts. Answers its number here. */
  add(digests: readonly string[]): number {
    const request = this.parents.length;
    this.parents.push(request);
    for (const digest of digests) {
      const known = this.firstWith.get(digest);
      if (known === undefined) this.firstWith.set(digest, request);
      else this.parents[this.personOf(known)] = this.personOf(request);
    }
    return request;
  }

  /** The same for all requests of one person. A later request may still show two of them to be one. */
  personOf(request: number): number {
    let at = request;
    for (;;) {
      const parent = this.parents[at] ?? at;
      if (parent === at) return at;
      // Each look halves the way for the next one.
      const next = this.parents[parent] ?? parent;
      this.parents[at] = next;
      at = next;
    }
  }

  /** How many there are behind these requests. */
  among(requests: Iterable<number>): number {
    const people = new Set<number>();
    for (const request of requests) people.add(this.personOf(request));
    return people.size;
  }
}
