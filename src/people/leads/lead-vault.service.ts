/**
 * Seals and opens the person behind a lead (envelope encryption). Each lead has its own data key, wrapped by the
 * master key, so deleting the wrapped key erases the person. Opened data is never cached.
 */
import type { EntityManager } from "typeorm";
import type { Position } from "../../reference/geo";
import { randomBytes } from "../../platform/random";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { KeyedDigests, SealedValues, type KeyedDigest } from "../../platform/sealed/values";
import { seal, unseal } from "../../platform/secrets";
import { preparedStatement } from "../../platform/prepared-statement";
import { canonicalEmail } from "../../shared/contact-text";
import { monthOfId } from "../../shared/months";
import type { Contact, ContactKind } from "./contact";
import { currentForm, LeadIndexEntity, LeadSecretEntity } from "./lead-secret.entity";

/** The data of a lead that is sealed under its own key. */
export interface Person {
  readonly contact: Contact;
  /** The person's free-text answers by field. */
  readonly texts: Readonly<Record<string, string>>;
  /** The exact position of the need, if known. */
  readonly position: Position | null;
}

const readSecrets = preparedStatement<StoredPerson & { readonly leadId: string }>(
  "lead.secrets",
  `SELECT s.lead_id AS "leadId", s.key_id AS "keyId", s.wrapped_key AS "wrappedKey", s.sealed
   FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id) CROSS JOIN LATERAL (
     SELECT lead_id, key_id, wrapped_key, sealed FROM lead_secret
     WHERE month = wanted.month AND lead_id = wanted.id LIMIT 1) AS s`,
);

export type StoredPerson = Pick<LeadSecretEntity, "keyId" | "wrappedKey" | "sealed">;

export class LeadVault {
  private readonly dataKeys: SealedValues;
  private readonly contacts: Record<ContactKind, KeyedDigests>;
  /** The keys that this server has. */
  readonly keyIds: { readonly master: readonly number[]; readonly index: readonly number[] };

  constructor(masterKey: KeyRing, indexKey: KeyRing) {
    this.keyIds = { master: [...masterKey.keys.keys()], index: [...indexKey.keys.keys()] };
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
      entries.map((entry) => ({ month, leadId, ...entry, form: currentForm, proven: false })),
    );
  }

  open(leadId: string, stored: StoredPerson): Person {
    const key = this.dataKeyOf(leadId, stored);
    const person = JSON.parse(unseal(key, stored.sealed, `${leadId}/person`).toString()) as Person;
    // Rows written by an earlier version have no position.
    return { ...person, position: (person as Partial<Person>).position ?? null };
  }

  /** Returns persons by lead id, without erased ones. */
  async peopleOf(tx: EntityManager, leadIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const secrets = await readSecrets(tx, [leadIds.map(monthOfId), leadIds]);
    return new Map(secrets.map((secret) => [secret.leadId, this.open(secret.leadId, secret)]));
  }

  /** Seals text of a lead that is stored in another row. It cannot be opened after the lead's key is deleted. */
  async sealText(
    tx: EntityManager,
    leadId: string,
    { text, context }: { text: string; context: string },
  ): Promise<Buffer> {
    const stored = await tx.findOneByOrFail(LeadSecretEntity, { month: monthOfId(leadId), leadId });
    return seal(this.dataKeyOf(leadId, stored), Buffer.from(text), `${leadId}/${context}`);
  }

  /** Returns null after the lead's key is deleted. */
  async openText(
    tx: EntityManager,
    leadId: string,
    { sealed, context }: { sealed: Buffer; context: string },
  ): Promise<string | null> {
    const stored = await tx.findOneBy(LeadSecretEntity, { month: monthOfId(leadId), leadId });
    if (!stored) return null;
    return unseal(this.dataKeyOf(leadId, stored), sealed, `${leadId}/${context}`).toString();
  }

  /** The digests of a normalised e-mail address or number under each index key, the current one first. */
  digests(kind: ContactKind, value: string): [KeyedDigest, ...KeyedDigest[]] {
    return this.contacts[kind].all(kind === "EMAIL" ? canonicalEmail(value) : value);
  }

  private entries(kind: ContactKind, value: string | null): (KeyedDigest & { kind: ContactKind })[] {
    return value === null ? [] : this.digests(kind, value).map((digest) => ({ ...digest, kind }));
  }

  private dataKeyOf(leadId: string, { keyId, wrappedKey }: Omit<StoredPerson, "sealed">): Buffer {
    return this.dataKeys.open({ keyId, sealed: wrappedKey }, leadId);
  }

  /** Deletes the key, so that nothing in the database can open the person. Earlier backups hold it until they expire. */
  async destroy(tx: EntityManager, leadId: string): Promise<void> {
    const whose = { month: monthOfId(leadId), leadId };
    await tx.delete(LeadSecretEntity, whose);
    await tx.delete(LeadIndexEntity, whose);
    // A pending confirmation also holds a digest of the contact.
    await tx.query("DELETE FROM confirmation WHERE month = $1 AND lead_id = $2", [whose.month, leadId]);
  }
}
