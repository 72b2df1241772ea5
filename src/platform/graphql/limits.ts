/**
 * The limits on requests and connections, the same over HTTP and WebSockets. Page sizes are limited by the
 * resolvers, which know what a page costs.
 */
export const limits = {
  depth: 10,
  aliases: 15,
  directives: 9,
  rootFields: 10,
  /** Fields of an operation after expanding its fragments; a few nested fragments can expand to millions. */
  fields: 1_000,
  tokens: 1_000,
  /** Of a list that callers send, where nothing else is said. */
  listItems: 100,
  bodyBytes: 100 * 1024,
  frameBytes: 64 * 1024,
  /** An uploaded file; it is stored in pieces of at most uploadPieceBytes. */
  uploadBytes: 50 * 1024 * 1024,
  uploadPieceBytes: 256 * 1024,
  /** Time for the whole file. */
  uploadMs: 300_000,
  operationsPerSocket: 50,
  /** While this much unsent data is buffered for a client, no further answer is prepared for it. */
  bufferedBytes: 256 * 1024,
  /** How much of a feed is written at a time to a client that is catching up. */
  sliceBytes: 64 * 1024,
  /** A client with more unread answers than this is disconnected at once. */
  unreadBytes: 1024 * 1024,
  /** A client that reads nothing for this long is disconnected. It has slowCloseMs to read the reason. */
  slowReaderMs: 30_000,
  slowCloseMs: 10_000,
  /** Events rendered longer ago are rendered again before they are sent, because a consent may have ended. */
  freshMs: 1_000,
  /** Events per read for a client that is catching up, and for a group that follows live. */
  resumePage: 100,
  livePage: 25,
  /** How many pages are read and rendered at once for all clients that catch up, and how many may queue. */
  resumesAtOnce: 8,
  resumesWaiting: 20_000,
  /** Sockets whose authentication has not finished. */
  authenticatingSockets: 10_000,
  connectionInitMs: 10_000,
  keepAliveMs: 12_000,
  /** Time for the headers, and for everything after them: together less than the 15 s limit of every request. */
  headersMs: 4_000,
  requestMs: 9_500,
} as const;
