import type { CodeSender } from "./codes.service";

/** The demo's way: nothing is sent, and the code is in the answer. Never used in production. */
export const demoSender: CodeSender = {
  channels: ["EMAIL", "SMS"],
  showsCode: true,
  send: () => Promise.resolve(),
};

/** Until a provider is configured, no code can be sent, and a submission is told so. */
export const noSender: CodeSender = {
  channels: [],
  showsCode: false,
  send: () => Promise.reject(new Error("No provider is configured to send codes.")),
};
