/** Seals and opens the person behind a lead. What is opened is never kept. */
import type { EntityManager } from "typeorm";
import type { Position } from "../../reference/geo";
import { deriveKey, keyedDigest, seal, unseal, Vault } from "../../platform/secrets";
import { currentKeyOf, type KeyRing } from "../../platform/sealed/key-ring";
import { statement } from "../../platform/statement";
import { monthOfId } from "../../shared/months";
import type { Contact } from "./contact";
import { LeadIndexEntity, LeadSecretEntity } from "./lead-secret.entity";

/** Everything about a lead that only its key opens. */
export interface Person {
  readonly contact: Contact;
  /** Free text, by field: a person's own words. */
  readonly texts: Readonly<Record<string, string>>;
  /** Where exactly the need is, if that is known. */
  readonly position: Position | null;
}

const readSecrets = statement<Sealed & { readonly leadId: string }>(
  "lead.secrets",
  `SELECT s.lead_id AS "leadId", s.wrapped_key AS "wrappedKey", s.sealed
   FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id) CROSS JOIN LATERAL (
     SELECT * FROM lead_secret WHERE month = wanted.month AND lead_id = wanted.id LIMIT 1) AS s`,
);

type Sealed = Pick<LeadSecretEntity, "wrappedKey" | "sealed">;

export class LeadVault {
  private readonly vault: Vault;
  private readonly indexKeys: { EMAIL: Buffer; PHONE: Buffer };

  constructor(masterKey: KeyRing, indexRing: KeyRing) {
    const indexKey = currentKeyOf(indexRing);
    this.vault = new Vault(currentKeyOf(masterKey));
    this.indexKeys = { EMAIL: deriveKey(indexKey, "lead-email"), PHONE: deriveKey(indexKey, "lead-phone") };
  }

  async store(tx: EntityManager, leadId: string, person: Person): Promise<void> {
    const { key, wrapped } = this.vault.newKey(leadId);
    const sealed = seal(key, Buffer.from(JSON.stringify(person)), `${leadId}/person`);
    const month = monthOfId(leadId);
    await tx.insert(LeadSecretEntity, { month, leadId, wrappedKey: wrapped, sealed });
    const { email, phone } = person.contact;
    const found = [{ kind: "EMAIL" as const, digest: this.digest("EMAIL", email) }];
    const entries =
      phone === null ? found : [...found, { kind: "PHONE" as const, digest: this.digest("PHONE", phone) }];
    await tx.insert(
      LeadIndexEntity,
      entries.map((entry) => ({ month, leadId, ...entry, proven: false })),
    );
  }

  open(leadId: string, { wrappedKey, sealed }: Sealed): Person {
    const key = this.vault.unwrap(wrappedKey, leadId);
    const person = JSON.parse(unseal(key, sealed, `${leadId}/person`).toString()) as Person;
    // Those sealed by an earlier version have none.
    return { ...person, position: (person as Partial<Person>).position ?? null };
  }

  /** By lead; of those erased there is nobody. */
  async peopleOf(tx: EntityManager, leadIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const secrets = await readSecrets(tx, [leadIds.map(monthOfId), leadIds]);
    return new Map(secrets.map((secret) => [secret.leadId, this.open(secret.leadId, secret)]));
  }

  /** Text that belongs to the lead but stands in another row: it dies with the lead's key. */
  async sealText(
    tx: EntityManager,
    leadId: string,
    { text, context }: { text: string; context: string },
  ): Promise<Buffer> {
    const { wrappedKey } = await tx.findOneByOrFail(LeadSecretEntity, { month: monthOfId(leadId), leadId });
    return seal(this.vault.unwrap(wrappedKey, leadId), Buffer.from(text), `${leadId}/${context}`);
  }

  /** Null once the lead's key is gone. */
  async openText(
    tx: EntityManager,
    leadId: string,
    { sealed, context }: { sealed: Buffer; context: string },
  ): Promise<string | null> {
    const secret = await tx.findOneBy(LeadSecretEntity, { month: monthOfId(leadId), leadId });
    if (!secret) return null;
    return unseal(this.vault.unwrap(secret.wrappedKey, leadId), sealed, `${leadId}/${context}`).toString();
  }

  /** The normalised e-mail or number, as the index knows it. */
  digest(kind: "EMAIL" | "PHONE", value: string): Buffer {
    return keyedDigest(this.indexKeys[kind], value);
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
