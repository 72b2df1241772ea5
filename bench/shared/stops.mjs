/** Stops what a run has started, in reverse order, when it ends, fails or is interrupted. */
const longestStartMs = 30_000;

export function stopsOf() {
  const ends = [];
  let isInterrupted = false;
  let ending = Promise.resolve();
  // A second call waits for the same stop: a run fails when its servers stop, and must not exit before they have.
  const stop = () => (ending = ending.then(endAll));
  const endAll = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  const leave = () => void stop().finally(() => process.exit(1));
  const push = (end) => {
    ends.push(end);
    // Something was still starting when the run was interrupted.
    if (isInterrupted) leave();
  };
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      isInterrupted = true;
      // The first thing started is the database server, which would otherwise keep running.
      if (ends.length > 0) leave();
      else setTimeout(leave, longestStartMs);
    });
  return { push, stop };
}
