/** Settings for demos and tests. */
import { about, optional, text, wholeNumber } from "./kinds";

export const trialSettings = {
  DEMO_TRAFFIC: wholeNumber({ min: 0, max: 600 }).prefault("6").register(about, {
    description: "Leads per minute that the demo sends through the public HTTP API; 0: none.",
    production: "ignored",
  }),
  FAILPOINTS: optional(text()).register(about, {
    description: 'Kills the process at a named point, written "name" or "name@n", for tests.',
    example: "feed.after-send",
    production: "refused",
  }),
};
