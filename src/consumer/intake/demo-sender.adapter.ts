import type { CodeSender } from "./codes.service";

/** The sender of the demo: it sends nothing, and the code is in the answer. Never used in production. */
export const demoSender: CodeSender = {
  channels: ["EMAIL", "SMS"],
  showsCode: true,
  send: () => Promise.resolve(),
};

/** Used while no provider is configured: submissions are refused with CONFIRMATION_UNAVAILABLE. */
export const noSender: CodeSender = {
  channels: [],
  showsCode: false,
  send: () => Promise.reject(new Error("No provider is configured to send codes.")),
};
