/** Milliseconds of the machine's monotonic clock, whose values two processes can compare. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;
