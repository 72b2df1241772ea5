/** Counts statements to the database and the round trips that are waited for. */
import pg from "pg";

/**
 * Statements and round trips per item of `count`. Statements sent while another answer is pending share its
 * round trip.
 */
export async function tripsIn(work, count) {
  const ask = pg.Client.prototype.query;
  const out = new WeakMap();
  let statements = 0;
  let trips = 0;
  pg.Client.prototype.query = function (...args) {
    const answer = ask.apply(this, args);
    statements += 1;
    if ((out.get(this) ?? 0) === 0) trips += 1;
    out.set(this, (out.get(this) ?? 0) + 1);
    const back = () => void out.set(this, out.get(this) - 1);
    answer?.then?.(back, back);
    return answer;
  };
  try {
    await work();
  } finally {
    pg.Client.prototype.query = ask;
  }
  return { statements: statements / count, trips: trips / count };
}
