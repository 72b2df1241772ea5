/**
 * How many people are behind a set of requests? Requests that share an e-mail address or phone number belong
 * to one person, also through a third request. Whether an address was proved does not matter: taking two
 * people for one only discloses less.
 *
 * A union–find structure over the requests.
 */
export class People {
  private readonly parents: number[] = [];
  private readonly firstWith = new Map<string, number>();

  /** Adds a request with the digests of its contacts and returns its number. */
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

  /** A number that all requests of one person share. A later request may still connect two people. */
  personOf(request: number): number {
    let at = request;
    for (;;) {
      const parent = this.parents[at] ?? at;
      if (parent === at) return at;
      // Path halving: each look-up shortens the way for the next one.
      const next = this.parents[parent] ?? parent;
      this.parents[at] = next;
      at = next;
    }
  }

  /** The number of people behind these requests. */
  among(requests: Iterable<number>): number {
    const people = new Set<number>();
    for (const request of requests) people.add(this.personOf(request));
    return people.size;
  }
}
