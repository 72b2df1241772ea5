/** The text printed after the demo has started: its addresses and how to sign in. It contains demo secrets only. */
import type { DemoFile } from "./demo-file";

export interface WelcomeOptions {
  readonly demo: DemoFile;
  /** The path of demo.json. */
  readonly file: string;
  readonly trafficPerMinute: number;
}

export function welcome({ demo, file, trafficPerMinute }: WelcomeOptions): string[] {
  const { url, wsUrl, staff, formKey, suppliers } = demo;
  return [
    "",
    `CarAtlas is open: ${url}`,
    `  API              POST ${url}/graphql`,
    `  subscriptions    ${wsUrl}`,
    "",
    "Demo sign-ins and keys, invented for this data folder:",
    ...entry("staff", [`${staff.email}  ${staff.password}`, staff.token]),
    ...entry("form site", [formKey]),
    ...suppliers.flatMap(({ name, memberEmail, memberPassword, apiKey }) =>
      entry(name, [`${memberEmail}  ${memberPassword}`, apiKey]),
    ),
    "",
    `All of this is in ${file}.`,
    "What to do with it: README.md, “A lead's journey by hand”.",
    ...trafficLines(trafficPerMinute, suppliers[0]?.name),
    "Ctrl-C stops everything.",
    "",
  ];
}

function entry(title: string, lines: readonly string[]): string[] {
  return [`  ${title}`, ...lines.map((line) => `      ${line}`)];
}

function trafficLines(perMinute: number, followed: string | undefined): string[] {
  const feed =
    followed === undefined ? [] : [`Below: the form site's requests, and the feed of ${followed}.`];
  const rate =
    perMinute === 0
      ? "DEMO_TRAFFIC is 0: no requests arrive by themselves."
      : `About ${String(perMinute)} requests a minute arrive by themselves; DEMO_TRAFFIC changes that, 0 is none.`;
  return [rate, ...feed];
}
