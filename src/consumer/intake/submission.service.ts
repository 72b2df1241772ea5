/** Stores a submitted request with its consent in one transaction and issues the code. Matching follows confirmation. */
import type { EntityManager } from "typeorm";
import { declarationOf, productById, type ConfirmationChannel, type Form } from "../../reference/catalogue";
import { type AddressBase, type Position } from "../../reference/geo";
import { checkGrants, type ConsentRecord, type Grant } from "../../people/consent";
import type { IdempotencyService } from "../../access/identity";
import {
  checkContact,
  type Contact,
  type ContactInput,
  type LeadBook,
  type LeadVault,
} from "../../people/leads";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import { newMonthlyId, newReference } from "../../platform/ids";
import { AppError } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { refused, type IntakeAnswer } from "./answers";
import type { ConfirmationService, CodeSending } from "./confirmation.service";
import { channelOf, consentedIn, needOf, newLead, phoneFor, waitUntilOf } from "./new-lead";
import type { Preview } from "./preview";
import type { PreviewTokens } from "./preview-token.service";

export interface Submission {
  readonly token: string;
  readonly contact: ContactInput;
  readonly grants: readonly Grant[];
  readonly confirmBy: ConfirmationChannel | null;
  readonly waitUntil: Date | null;
}

/** The owner of the idempotency key. */
export interface Submitter {
  readonly principal: string;
  readonly idempotencyKey: string | null;
}

export interface SubmissionDeps {
  readonly transact: Transact;
  readonly previews: PreviewTokens;
  readonly confirmations: ConfirmationService;
  readonly consents: ConsentRecord;
  readonly leads: LeadBook;
  readonly vault: LeadVault;
  readonly addresses: AddressBase;
  readonly idempotency: IdempotencyService;
  readonly clock: Clock;
}

interface Checked {
  readonly preview: Preview;
  readonly grants: readonly Grant[];
  readonly suppliers: readonly string[];
  readonly contact: Contact;
  readonly channel: ConfirmationChannel;
  readonly waitUntil: Date;
  readonly at: Date;
}

/** The checked fields of the input. Of the grants, it is the suppliers that may receive the request. */
interface Input {
  readonly grants: readonly string[];
  readonly confirmBy: ConfirmationChannel;
  readonly contact: Contact;
  readonly waitUntil: Date;
}

export class SubmissionService {
  constructor(private readonly deps: SubmissionDeps) {}

  async submit(submission: Submission, by: Submitter): Promise<IntakeAnswer> {
    try {
      const position = await this.positionFor(submission);
      const sending = await this.deps.transact({ role: "intake" }, (tx) =>
        this.storeOnce(tx, submission, { by, position }),
      );
      failpoint("intake.after-commit");
      return await this.deps.confirmations.send(sending);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  /** Finds the exact position before the transaction starts, because that must not wait for an external server. */
  private async positionFor(submission: Submission): Promise<Position | null> {
    const { preview, contact } = this.checkedOrNull(submission) ?? {};
    if (!preview || !contact) return null;
    if (preview.position || contact.street === null) return preview.position ?? null;
    return this.deps.addresses.find(contact.street, preview.place);
  }

  /** Returns null instead of throwing, because a repeated submission must get its first answer even if it is invalid now. */
  private checkedOrNull(submission: Submission): Checked | null {
    try {
      return this.check(submission);
    } catch (error) {
      if (error instanceof Refused || error instanceof AppError) return null;
      throw error;
    }
  }

  private check(submission: Submission): Checked {
    const at = this.deps.clock.now();
    const preview = this.deps.previews.read(submission.token);
    if (new Date(preview.expiresAt) <= at) throw new Refused(refused("PREVIEW_EXPIRED"));
    const form = productById(preview.product)?.form;
    if (form?.version !== preview.formVersion) throw new Refused(refused("FORM_CHANGED"));
    const checked = checkAll<Input>({
      grants: () => suppliersIn(submission.grants, preview, form),
      confirmBy: () => channelOf(submission.confirmBy, form),
      contact: ({ confirmBy = "EMAIL" }) =>
        checkContact(submission.contact, {
          phoneFor: phoneFor(submission.grants, confirmBy),
          mobile: confirmBy === "SMS",
          departement: preview.place.departement,
        }),
      waitUntil: () => waitUntilOf(submission.waitUntil, at),
    });
    const { grants: suppliers, confirmBy: channel, contact, waitUntil } = checked;
    return { preview, grants: submission.grants, suppliers, contact, channel, waitUntil, at };
  }

  private async storeOnce(
    tx: EntityManager,
    submission: Submission,
    { by, position }: { by: Submitter; position: Position | null },
  ): Promise<CodeSending> {
    const issued: CodeSending[] = [];
    const input = JSON.parse(JSON.stringify(submission)) as Record<string, never>;
    const request = {
      principal: by.principal,
      operation: "submitLead",
      key: by.idempotencyKey,
      supplierId: null,
      input,
    };
    // Checked inside, so that a repeated key returns its first answer even after the preview has expired.
    const leadId = await this.deps.idempotency.once(tx, request, async () => {
      const stored = await this.store(tx, this.check(submission), { position, source: by.principal });
      issued.push(stored.sending);
      return stored.leadId;
    });
    failpoint("intake.before-commit");
    return issued[0] ?? { answer: await this.deps.confirmations.answerAgain(tx, leadId), send: null };
  }

  private async store(
    tx: EntityManager,
    checked: Checked,
    { position, source }: { position: Position | null; source: string },
  ): Promise<{ leadId: string; sending: CodeSending }> {
    const { preview, grants, contact, channel, at } = checked;
    const lead = newLead({ ...checked, source, id: newMonthlyId(at), reference: newReference() });
    await this.deps.leads.insert(tx, lead, needOf(preview, lead));
    await this.deps.vault.store(tx, lead.id, { contact, texts: preview.texts, position });
    const { formVersion, language, textHash, shown } = preview;
    const content = { kind: "GIVEN" as const, shown, grants, declared: { formVersion, language, textHash } };
    await this.deps.consents.append(tx, lead.id, { at, content });
    const sending = await this.deps.confirmations.issue(tx, lead, { contact, channel, sent: 0 });
    // A request that cannot be confirmed is not stored: throwing rolls the transaction back.
    if (sending.answer.kind === "REFUSED") throw new Refused(sending.answer);
    return { leadId: lead.id, sending };
  }
}

function suppliersIn(grants: readonly Grant[], preview: Preview, form: Form): string[] {
  checkGrants(grants, preview.shown, declarationOf(form, preview.language));
  const suppliers = consentedIn(preview, grants);
  if (suppliers.length === 0) throw new Refused(refused("CONSENT_MISSING"));
  return suppliers;
}

/** Carries a refusal out of a transaction that must be rolled back. */
export class Refused extends Error {
  constructor(readonly answer: IntakeAnswer) {
    super("The request was refused.");
  }
}
