import fc from "fast-check";
import { People } from "./people";

/** Groups requests by walking from each to all that it can reach: slow and obvious. */
function walked(requests: readonly (readonly string[])[]): number[] {
  const person = requests.map(() => -1);
  requests.forEach((_request, start) => {
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (person[at] !== -1) continue;
      person[at] = start;
      requests.forEach((other, index) => {
        if (other.some((digest) => requests[at]?.includes(digest))) open.push(index);
      });
    }
  });
  return person;
}

const digests = fc.array(fc.constantFrom(..."abcdefghij"), { maxLength: 2 });

describe("people behind requests", () => {
  it("are one if they share an address or number, also through a third request", () => {
    const people = new People();
    const requests = [["mail a", "phone 1"], ["mail b", "phone 2"], ["mail c"], ["mail a", "phone 2"]];
    const numbers = requests.map((request) => people.add(request));
    expect(people.among(numbers)).toBe(2);
    expect(people.personOf(0)).toBe(people.personOf(1));
    expect(people.personOf(2)).not.toBe(people.personOf(0));
  });

  it("are as many as the connected groups of requests, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(digests, { maxLength: 30 }), (requests) => {
        const people = new People();
        const numbers = requests.map((request) => people.add(request));
        const person = walked(requests);
        expect(people.among(numbers)).toBe(new Set(person).size);
        for (const one of numbers)
          for (const other of numbers)
            expect(people.personOf(one) === people.personOf(other)).toBe(person[one] === person[other]);
      }),
    );
  });

  it("are counted fast enough for a year of requests of one person", () => {
    const people = new People();
    const numbers = Array.from({ length: 50_000 }, (_, index) =>
      people.add([`mail ${String(index)}`, `mail ${String(index + 1)}`]),
    );
    expect(people.among(numbers)).toBe(1);
  });
});
