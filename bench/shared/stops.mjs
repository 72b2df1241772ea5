/** What a run has started, the last first: ended when the run is over, when it fails, and when it is interrupted. */
const longestStartMs = 30_000;

export function stopsOf() {
  const ends = [];
  let isInterrupted = false;
  let ending = Promise.resolve();
  // Whoever asks for it again waits for the same end: the run fails when its servers go, and must not leave first.
  const stop = () => (ending = ending.then(endAll));
  const endAll = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  const leave = () => void stop().finally(() => process.exit(1));
  const push = (end) => {
    ends.push(end);
    // What was only starting when the run was interrupted.
    if (isInterrupted) leave();
  };
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      isInterrupted = true;
      // The first to start is a database server, and it would stay behind.
      if (ends.length > 0) leave();
      else setTimeout(leave, longestStartMs);
    });
  return { push, stop };
}
