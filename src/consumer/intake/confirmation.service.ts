/** Confirms by a one-time code that the contact belongs to the person. No supplier receives the request before that. */
import type { EntityManager } from "typeorm";
import { productById, type ConfirmationChannel } from "../../reference/catalogue";
import {
  leadState,
  type ConfirmationBook,
  type Contact,
  type LeadBook,
  type LeadReader,
  type LeadRow,
  type LeadVault,
  type PendingCode,
  type PersonTokens,
  type RepeatRequests,
} from "../../people/leads";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { notFound } from "../../shared/errors";
import { checkField } from "../../shared/faults";
import { masked, refused, type IntakeAnswer } from "./answers";
import { codeLifetimeMs, sendsPerRequest, type Codes, type CodeSender } from "./codes.service";
import { kindOf, overOf, recipientOf } from "./confirmation";
import { channelOf } from "./new-lead";

export interface ConfirmationDeps {
  readonly transact: Transact;
  readonly leads: LeadBook;
  readonly confirmations: ConfirmationBook;
  readonly repeats: RepeatRequests;
  readonly reader: LeadReader;
  readonly vault: LeadVault;
  readonly tokens: PersonTokens;
  readonly codes: Codes;
  readonly sender: CodeSender;
  readonly clock: Clock;
  /** Called after commit with a lead that was just confirmed. */
  readonly confirmed: (leadId: string) => void;
}

/** An answer, and the code to send once the transaction has committed. */
export interface CodeSending {
  readonly answer: IntakeAnswer;
  readonly send: { readonly to: string; readonly code: string; readonly channel: ConfirmationChannel } | null;
}

export class ConfirmationService {
  constructor(private readonly deps: ConfirmationDeps) {}

  /**
   * Issues the next code of a request, of which `sent` codes were sent before. Call with the lead locked, or in the
   * transaction that inserts it.
   */
  async issue(
    tx: EntityManager,
    lead: LeadRow,
    { contact, channel, sent }: { contact: Contact; channel: ConfirmationChannel; sent: number },
  ): Promise<CodeSending> {
    const { codes, sender, vault, clock } = this.deps;
    const at = clock.now();
    if (!sender.channels.includes(channel))
      return { answer: refused("CONFIRMATION_UNAVAILABLE"), send: null };
    const to = recipientOf(contact, channel);
    const digests = vault.digests(kindOf(channel), to);
    const [{ digest: contactDigest, keyId }] = digests;
    const checksLeft = await codes.checksLeft(tx, digests, at);
    if (checksLeft <= 0) return { answer: refused("TOO_MANY_TRIES"), send: null };
    const sends = sent + 1;
    if (sends > sendsPerRequest || !(await codes.allow(tx, digests, { kind: "SEND", at })))
      return { answer: refused("TOO_MANY_CODES"), send: null };
    const expiresAt = new Date(at.getTime() + codeLifetimeMs);
    const pending = {
      leadId: lead.id,
      channel,
      contactDigest,
      keyId,
      sends,
      sentAt: at,
      expiresAt,
      checksLeft,
    };
    await this.deps.confirmations.save(tx, pending);
    const code = codes.codeOf(lead.id, sends);
    const answer = this.answerOf(lead, { to, expiresAt, attemptsLeft: checksLeft, code });
    return { answer, send: { to, code, channel } };
  }

  /** Returns the first answer to a submission again, for a repeated idempotency key. */
  async answerAgain(tx: EntityManager, leadId: string): Promise<IntakeAnswer> {
    const lead = await this.deps.leads.lock(tx, leadId);
    const request = (await this.deps.reader.byIds(tx, [leadId])).get(leadId);
    const pending = lead && (await this.deps.confirmations.pending(tx, leadId));
    if (!lead || !request || !pending) {
      if (!lead) throw notFound("request");
      return { kind: "SUBMITTED", reference: lead.reference, personalToken: this.deps.tokens.write(leadId) };
    }
    const { expiresAt, checksLeft, sends, channel } = pending;
    const to = recipientOf(request.person.contact, channel);
    return this.answerOf(lead, {
      to,
      expiresAt,
      attemptsLeft: checksLeft,
      code: this.deps.codes.codeOf(leadId, sends),
    });
  }

  async send({ answer, send }: CodeSending): Promise<IntakeAnswer> {
    if (send) await this.deps.sender.send(send.to, send.code, send.channel);
    return answer;
  }

  async confirm(reference: string, code: string): Promise<IntakeAnswer> {
    const { answer, leadId } = await this.deps.transact({ role: "intake" }, (tx) =>
      this.check(tx, reference, code),
    );
    if (answer.kind === "SUBMITTED" && leadId) this.deps.confirmed(leadId);
    return answer;
  }

  async resend(reference: string, channel: ConfirmationChannel | null): Promise<IntakeAnswer> {
    const sending = await this.deps.transact({ role: "intake" }, async (tx) => {
      const lead = await this.deps.leads.lockByReference(tx, reference);
      if (!lead) throw notFound("request");
      const over = overOf(lead, this.deps.clock.now());
      if (over) return { answer: over, send: null };
      const request = (await this.deps.reader.byIds(tx, [lead.id])).get(lead.id);
      const pending = await this.deps.confirmations.pending(tx, lead.id);
      if (!request || !pending) throw new Error(`Unconfirmed request ${reference} has nothing to confirm.`);
      const form = productById(lead.productId)?.form;
      const chosen =
        channel === null || !form ? pending.channel : checkField("confirmBy", () => channelOf(channel, form));
      const { contact } = request.person;
      return this.issue(tx, lead, { contact, channel: chosen, sent: pending.sends });
    });
    return this.send(sending);
  }

  private async check(
    tx: EntityManager,
    reference: string,
    code: string,
  ): Promise<{ answer: IntakeAnswer; leadId: string | null }> {
    const { leads, codes, clock, tokens } = this.deps;
    const lead = await leads.lockByReference(tx, reference);
    if (!lead) throw notFound("request");
    const over = overOf(lead, this.deps.clock.now());
    if (over) return { answer: over, leadId: null };
    const pending = await this.deps.confirmations.pending(tx, lead.id);
    if (!pending) throw new Error(`Unconfirmed request ${reference} has nothing to confirm.`);
    const at = clock.now();
    if (pending.expiresAt <= at) return { answer: refused("CODE_EXPIRED"), leadId: null };
    const contact = { digest: pending.contactDigest, keyId: pending.keyId };
    const mayTry = pending.checksLeft > 0 && (await codes.allow(tx, [contact], { kind: "CHECK", at }));
    if (!mayTry) return { answer: refused("TOO_MANY_TRIES"), leadId: null };
    if (!codes.isCode(code, lead.id, pending.sends))
      return { answer: await this.wrong(tx, lead, pending), leadId: null };
    await this.deps.confirmations.delete(tx, lead.id);
    const open = leadState.confirmed(lead, at);
    await this.deps.repeats.join(tx, open, kindOf(pending.channel));
    await leads.save(tx, [open]);
    return {
      answer: { kind: "SUBMITTED", reference, personalToken: tokens.write(lead.id) },
      leadId: lead.id,
    };
  }

  private async wrong(tx: EntityManager, lead: LeadRow, pending: PendingCode): Promise<IntakeAnswer> {
    const attemptsLeft = pending.checksLeft - 1;
    await this.deps.confirmations.setChecksLeft(tx, lead.id, attemptsLeft);
    if (attemptsLeft === 0) return refused("TOO_MANY_TRIES");
    const request = (await this.deps.reader.byIds(tx, [lead.id])).get(lead.id);
    if (!request) throw new Error(`Unconfirmed request ${lead.reference} has no person.`);
    const to = recipientOf(request.person.contact, pending.channel);
    return this.answerOf(lead, { to, expiresAt: pending.expiresAt, attemptsLeft, code: null });
  }

  private answerOf(
    lead: LeadRow,
    {
      to,
      expiresAt,
      attemptsLeft,
      code,
    }: { to: string; expiresAt: Date; attemptsLeft: number; code: string | null },
  ): IntakeAnswer {
    const demoCode = this.deps.sender.showsCode ? code : null;
    const personalToken = this.deps.tokens.write(lead.id);
    return {
      kind: "CONFIRM",
      reference: lead.reference,
      personalToken,
      sentTo: masked(to),
      expiresAt,
      attemptsLeft,
      demoCode,
    };
  }
}
