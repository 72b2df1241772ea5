/**
 * How many people did a campaign miss, by reason? A reason shared by fewer than five people is not named but
 * counted in a rest, which follows the same rule. A person whose requests were missed for several reasons
 * counts for each of them.
 */
import { type Miss, type MissReason } from "./miss";
import { type People } from "./people";
import { minPeople, disclosableCount } from "./disclosable-count";

export interface CountedMiss {
  readonly miss: Miss;
  /** The number that `People.add` returned. */
  readonly request: number;
  readonly leadId: string;
}

export interface NamedReason {
  readonly reason: MissReason;
  readonly criterion: Miss["criterion"];
  /** A disclosable count. */
  readonly people: number;
  /** Lead ids, one per person. The service seals them. */
  readonly samples: readonly string[];
}

export interface MissSummary {
  /** The most frequent first. */
  readonly reasons: readonly NamedReason[];
  /** People behind all other reasons together, as a disclosable count. */
  readonly otherPeople: number;
}

export interface SummaryOptions {
  readonly people: People;
  /** The number of requests that each counted request stands for. */
  readonly sampledOneIn: number;
  /**
   * Orders the requests for the choice of samples. The order must stay the same during a period, or every
   * call would reveal further samples.
   */
  readonly drawOf: (leadId: string) => string;
}

const samplesShown = 3;

export function summarizeMisses(misses: readonly CountedMiss[], options: SummaryOptions): MissSummary {
  const reasons: NamedReason[] = [];
  const rest: CountedMiss[] = [];
  for (const group of groupsOf(misses)) {
    const people = shown(group, options);
    const [first] = group;
    if (people === 0 || !first) rest.push(...group);
    else {
      const { reason, criterion } = first.miss;
      reasons.push({ reason, criterion, people, samples: samplesOf(group, options) });
    }
  }
  reasons.sort((one, other) => other.people - one.people || (keyOf(one) < keyOf(other) ? -1 : 1));
  return { reasons, otherPeople: shown(rest, options) };
}

const keyOf = ({ reason, criterion }: Pick<Miss, "reason" | "criterion">): string =>
  `${reason} ${criterion?.field ?? ""}`;

/** Everything that a sample reveals. */
const wholeKeyOf = ({ obstacles, ...first }: Miss): string => JSON.stringify([first, obstacles]);

function groupsOf(misses: readonly CountedMiss[], by: (miss: Miss) => string = keyOf): CountedMiss[][] {
  const groups = new Map<string, CountedMiss[]>();
  for (const one of misses) {
    const key = by(one.miss);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function shown(group: readonly CountedMiss[], { people, sampledOneIn }: SummaryOptions): number {
  const count = people.among(group.map(({ request }) => request));
  return disclosableCount({ people: count, count: count * sampledOneIn });
}

/**
 * Fewer than the smallest named group, so that nobody can be identified by being left out. Only people are
 * sampled with whom four others share all obstacles, because a rare combination of unmet criteria would
 * reveal a person's answers.
 */
function samplesOf(group: readonly CountedMiss[], { people, drawOf }: SummaryOptions): string[] {
  const common = groupsOf(group, wholeKeyOf).filter(
    (alike) => people.among(alike.map(({ request }) => request)) >= minPeople,
  );
  const drawn = common
    .flat()
    .map(({ leadId, request }) => ({ leadId, person: people.personOf(request), draw: drawOf(leadId) }))
    .sort((one, other) => (one.draw < other.draw ? -1 : 1));
  const firstOf = new Map<number, string>();
  for (const { person, leadId } of drawn) if (!firstOf.has(person)) firstOf.set(person, leadId);
  return [...firstOf.values()].slice(0, Math.min(samplesShown, minPeople - 1));
}
