/**
 * Seals and opens the person behind a lead. Each lead has a data key of its own, which the master key wraps:
 * deleting the wrapped key erases the person. What is opened is never kept.
 */
import type { EntityManager } from "typeorm";
import type { Position } from "../../reference/geo";
import { randomBytes } from "../../platform/random";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { KeyedDigests, SealedValues, type KeyedDigest } from "../../platform/sealed/values";
import { seal, unseal } from "../../platform/secrets";
import { preparedStatement } from "../../platform/prepared-statement";
import { monthOfId } from "../../shared/months";
import type { Contact, ContactKind } from "./contact";
import { LeadIndexEntity, LeadSecretEntity } from "./lead-secret.entity";

/** Everything about a lead that only its own key opens. */
export interface Person {
  readonly contact: Contact;
  /** Free text, by field: a person's own words. */
  readonly texts: Readonly<Record<string, string>>;
  /** Where exactly the need is, if that is known. */
  readonly position: Position | null;
}

const readSecrets = preparedStatement<StoredPerson & { readonly leadId: string }>(
  "lead.secrets",
  `SELECT s.lead_id AS "leadId", s.key_id AS "keyId", s.wrapped_key AS "wrappedKey", s.sealed
   FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id) CROSS JOIN LATERAL (
     SELECT lead_id, key_id, wrapped_key, sealed FROM lead_secret
     WHERE month = wanted.month AND lead_id = wanted.id LIMIT 1) AS s`,
);

type StoredPerson = Pick<LeadSecretEntity, "keyId" | "wrappedKey" | "sealed">;

export class LeadVault {
  private readonly dataKeys: SealedValues;
  private readonly contacts: Record<ContactKind, KeyedDigests>;

  constructor(masterKey: KeyRing, indexKey: KeyRing) {
    this.dataKeys = new SealedValues(masterKey, "wrap");
    this.contacts = {
      EMAIL: new KeyedDigests(indexKey, "lead-email"),
      PHONE: new KeyedDigests(indexKey, "lead-phone"),
    };
  }

  async store(tx: EntityManager, leadId: string, person: Person): Promise<void> {
    const key = randomBytes(32);
    const { keyId, sealed: wrappedKey } = this.dataKeys.seal(key, leadId);
    const sealed = seal(key, Buffer.from(JSON.stringify(person)), `${leadId}/person`);
    const month = monthOfId(leadId);
    await tx.insert(LeadSecretEntity, { month, leadId, keyId, wrappedKey, sealed });
    const { email, phone } = person.contact;
    const entries = [...this.entries("EMAIL", email), ...this.entries("PHONE", phone)];
    await tx.insert(
      LeadIndexEntity,
      entries.map((entry) => ({ month, leadId, ...entry, proven: false })),
    );
  }

  open(leadId: string, stored: StoredPerson): Person {
    const key = this.dataKeyOf(leadId, stored);
    const person = JSON.parse(unseal(key, stored.sealed, `${leadId}/person`).toString()) as Person;
    // An earlier version stored no position.
    return { ...person, position: (person as Partial<Person>).position ?? null };
  }

  /** By lead id, without those whose person was erased. */
  async peopleOf(tx: EntityManager, leadIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const secrets = await readSecrets(tx, [leadIds.map(monthOfId), leadIds]);
    return new Map(secrets.map((secret) => [secret.leadId, this.open(secret.leadId, secret)]));
  }

  /** Text that belongs to the lead but stands in another row: it cannot be opened once the lead's key is gone. */
  async sealText(
    tx: EntityManager,
    leadId: string,
    { text, context }: { text: string; context: string },
  ): Promise<Buffer> {
    const stored = await tx.findOneByOrFail(LeadSecretEntity, { month: monthOfId(leadId), leadId });
    return seal(this.dataKeyOf(leadId, stored), Buffer.from(text), `${leadId}/${context}`);
  }

  /** Null once the lead's key is gone. */
  async openText(
    tx: EntityManager,
    leadId: string,
    { sealed, context }: { sealed: Buffer; context: string },
  ): Promise<string | null> {
    const stored = await tx.findOneBy(LeadSecretEntity, { month: monthOfId(leadId), leadId });
    if (!stored) return null;
    return unseal(this.dataKeyOf(leadId, stored), sealed, `${leadId}/${context}`).toString();
  }

  /** Of a normalised e-mail address or number, under each index key, the current one first. */
  digests(kind: ContactKind, value: string): [KeyedDigest, ...KeyedDigest[]] {
    return this.contacts[kind].all(value);
  }

  private entries(kind: ContactKind, value: string | null): (KeyedDigest & { kind: ContactKind })[] {
    return value === null ? [] : this.digests(kind, value).map((digest) => ({ ...digest, kind }));
  }

  private dataKeyOf(leadId: string, { keyId, wrappedKey }: Omit<StoredPerson, "sealed">): Buffer {
    return this.dataKeys.open({ keyId, sealed: wrappedKey }, leadId);
  }

  /** After this, nothing in the database opens it any more. Backups from before still hold the key until they expire. */
  async destroy(tx: EntityManager, leadId: string): Promise<void> {
    const whose = { month: monthOfId(leadId), leadId };
    await tx.delete(LeadSecretEntity, whose);
    await tx.delete(LeadIndexEntity, whose);
    // A code that was sent and not yet entered stands beside a digest of the contact too.
    await tx.query("DELETE FROM confirmation WHERE month = $1 AND lead_id = $2", [whose.month, leadId]);
  }
}
