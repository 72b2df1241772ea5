/** The inputs of the composition, and a type with which a module names the modules below it. */
import { readFileSync } from "node:fs";
import type { Collector } from "../../billing/payments";
import { demoSender, noSender } from "../../consumer/intake/demo-sender.adapter";
import type { EventDocuments } from "../../delivery/endpoints/event-documents";
import { Mailer } from "../../platform/mail/smtp.adapter";
import type { Nudges } from "./after-commit";
import type { Modules } from "../modules";
import type { Config } from "../settings/config";
import type { Later } from "./call-later";
import type { CodeSender } from "../../consumer/intake";

export interface CompositionInputs {
  readonly config: Config;
  /** null when Stripe is not set up. */
  readonly collector: Collector | null;
  readonly documents: EventDocuments;
  /** Default: see Outbound. */
  readonly outboundTimeoutMs?: number;
}

interface Signals {
  readonly nudges: Nudges;
  readonly later: Later;
}

/** Modules by name. */
export type With<Name extends keyof Modules | keyof Signals> = Pick<Modules & Signals, Name>;

/** The demo shows confirmation codes on screen. Production has no provider yet and cannot send any. */
export const senderOf = ({ config }: CompositionInputs): CodeSender =>
  config.demo.enabled ? demoSender : noSender;

export const certificatesOf = ({ outbound: { caFile } }: Config): string | null =>
  caFile === null ? null : readFileSync(caFile, "utf8");

export const mailerOf = (config: Config): Mailer | null =>
  config.mail &&
  new Mailer({
    ...config.mail,
    ca: certificatesOf(config),
    plainAllowed: config.nodeEnv !== "production",
  });
