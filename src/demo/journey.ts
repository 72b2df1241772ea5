/** One request from the form to its confirmation, in the same steps as a form site. */
import { systemClock } from "../platform/clock";
import { fillIn } from "./answers";
import type { Api } from "./api";
import {
  communesOperation,
  confirmOperation,
  formOperation,
  previewOperation,
  submitOperation,
  type Commune,
  type Grant,
  type IntakeAnswer,
  type Recipient,
} from "./form-operations";
import { somebody, somePostcode } from "./people";
import { chance, pickOne, someOf } from "./random";
import type { References } from "./references";

export interface JourneyOptions {
  readonly api: Api;
  readonly formKey: string;
  readonly references: References;
  readonly say: (line: string) => void;
  /** Fixes the postcode and the only supplier to tick. Both are chosen at random otherwise. */
  readonly only?: { readonly postcode: string; readonly supplierId: string };
}

/** A confirmed request, with the token that lets the person manage it. */
export interface DemoRequest {
  readonly reference: string;
  readonly personalToken: string;
}

const product = "NEW_CAR";
/** A person may tick more suppliers than the three that a request is sent to; the first in order receive it. */
const mostTicked = 4;
/** SMS is left out, because any number that can receive one may belong to a real person. */
const channels = ["EMAIL", "PHONE"];

/** Null when no supplier is interested or none was ticked. */
export async function travel(options: JourneyOptions): Promise<DemoRequest | null> {
  const { api, formKey, references, say, only } = options;
  const { form } = await api.ask(formKey, formOperation, { product });
  const postcode = only?.postcode ?? somePostcode();
  const { communes } = await api.ask(formKey, communesOperation, { postcode });
  const commune = pickOne(communes);
  const input = {
    product,
    answers: fillIn(form.fields, systemClock.now()),
    location: { postcode, inseeCode: commune.inseeCode },
  };
  const { previewRecipients: preview } = await api.ask(formKey, previewOperation, { input });
  const ticked = tick(preview.recipients, only?.supplierId);
  if (ticked.length === 0) {
    say(
      `a new car in ${commune.name}: nobody there wants such a request, so nothing was asked of the person`,
    );
    return null;
  }
  const person = somebody({ postcode, city: commune.name });
  const grants = [...ticked.map(transmit), ...ownPurposes(form.consent.purposes)];
  const request = { token: preview.token, contact: person, grants, confirmBy: "EMAIL" as const };
  const { submitLead } = await api.ask(formKey, submitOperation, { input: request });
  if (submitLead.__typename !== "LeadRefused") references.submitted(person, submitLead.reference);
  const confirmed = await confirm(options, submitLead);
  say(lineOf(confirmed, { commune, ticked, grants }));
  return confirmed;
}

function tick(recipients: readonly Recipient[], only: string | undefined): Recipient[] {
  if (only !== undefined) return recipients.filter(({ supplierId }) => supplierId === only);
  return recipients.length === 0 ? [] : someOf(recipients, mostTicked);
}

const transmit = ({ supplierId }: Recipient): Grant => ({
  purpose: "TRANSMIT",
  supplierIds: [supplierId],
  channels: someOf(channels, channels.length),
});

function ownPurposes(purposes: readonly { readonly purpose: string }[]): Grant[] {
  return purposes
    .filter(({ purpose }) => purpose !== "TRANSMIT" && chance(25))
    .map(({ purpose }) => ({ purpose }));
}

/** The demo's provider sends no code; the API returns it in the answer. */
async function confirm({ api, formKey }: JourneyOptions, answer: IntakeAnswer): Promise<DemoRequest> {
  if (answer.__typename === "LeadSubmitted") return answer;
  if (answer.__typename === "LeadRefused") throw new Error(`A demo request was refused: ${answer.reason}.`);
  const { reference, personalToken, demoCode } = answer;
  if (demoCode === null) throw new Error("A demo request was asked for a code that nobody received.");
  const { confirmPhone } = await api.ask(formKey, confirmOperation, { input: { reference, code: demoCode } });
  if (confirmPhone.__typename === "LeadSubmitted") return { reference, personalToken };
  throw new Error(`A demo request was not confirmed: ${confirmPhone.__typename}.`);
}

interface Told {
  readonly commune: Commune;
  readonly ticked: readonly Recipient[];
  readonly grants: readonly Grant[];
}

function lineOf({ reference }: DemoRequest, { commune, ticked, grants }: Told): string {
  const names = ticked.map(
    ({ name }, index) => `${name} by ${(grants[index]?.channels ?? []).join(" and ")}`,
  );
  return `request ${reference} for new car in ${commune.name}: confirmed, with consent for ${names.join(", ")}`;
}
