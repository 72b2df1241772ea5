/**
 * How much one client may ask at once. The same figures hold on HTTP and on the WebSocket. Page sizes are
 * bounded by the resolvers, which know what a page costs.
 */
export const limits = {
  depth: 10,
  aliases: 15,
  directives: 9,
  rootFields: 10,
  /** Fields of an operation once its fragments are put in place: a few fragments can name millions. */
  fields: 1_000,
  tokens: 1_000,
  bodyBytes: 100 * 1024,
  frameBytes: 64 * 1024,
  operationsPerSocket: 50,
  /** While so much waits for a reader in our memory, nothing more is made for it. */
  bufferedBytes: 256 * 1024,
  /** So much of a feed is written at a time to somebody who catches up. */
  sliceBytes: 64 * 1024,
  /** Answers that were asked for and are not read: a reader that lets more pile up is cut off at once. */
  unreadBytes: 1024 * 1024,
  /** A reader that has taken nothing more for so long is told, and gets a moment to read that. */
  slowReaderMs: 30_000,
  slowCloseMs: 10_000,
  /** What was rendered longer ago is not sent any more: a consent may have ended since. */
  freshMs: 1_000,
  /** Events read in one go by somebody who catches up, and by those who follow live. */
  resumePage: 100,
  livePage: 25,
  /** Pages read and rendered at the same time, for all who catch up; the others wait, up to this many. */
  resumesAtOnce: 8,
  resumesWaiting: 20_000,
  /** Sockets that have not said who they are yet, or wait to be recognised. */
  enteringSockets: 10_000,
  connectionInitMs: 10_000,
  keepAliveMs: 12_000,
  /** Headers, then everything after them: together below the 15 s within which every request ends. */
  headersMs: 4_000,
  requestMs: 9_500,
} as const;
