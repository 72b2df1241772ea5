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
  /** A reader that lets more than this pile up in our memory is cut off. */
  bufferedBytes: 1024 * 1024,
  connectionInitMs: 10_000,
  keepAliveMs: 12_000,
  /** Headers, then everything after them: together below the 15 s within which every request ends. */
  headersMs: 4_000,
  requestMs: 9_500,
} as const;
