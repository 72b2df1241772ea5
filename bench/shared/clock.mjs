/** Milliseconds on the machine's one steady clock, so that two processes can compare what they noted. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;
