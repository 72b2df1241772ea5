/**
 * Which request does a supplier's lead come from? The API does not tell suppliers. The demo is both the form site
 * and the supplier, so it can match the two by the invented person, whose name stays in memory and is never printed.
 */
import type { Contact } from "./form-operations";

type Name = Pick<Contact, "firstName" | "lastName" | "city">;

const mostRemembered = 2_000;

export class References {
  private readonly byName = new Map<string, string>();
  private readonly byLead = new Map<string, string>();

  submitted(person: Name, reference: string): void {
    remember(this.byName, keyOf(person), reference);
  }

  /** The label of a new lead: the reference of its request if this demo made it, else the start of the lead's id. */
  arrived(leadId: string, person: { [Part in keyof Name]: string | null }): string {
    const reference = this.byName.get(keyOf(person));
    if (reference !== undefined) remember(this.byLead, leadId, reference);
    return this.of(leadId);
  }

  of(leadId: string): string {
    return this.byLead.get(leadId) ?? leadId.slice(0, 8);
  }
}

const keyOf = ({ firstName, lastName, city }: { [Part in keyof Name]: string | null }): string =>
  JSON.stringify([firstName, lastName, city]);

/** Keeps only the latest entries, because a demo may run for weeks. */
function remember(map: Map<string, string>, key: string, value: string): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostRemembered && oldest !== undefined) map.delete(oldest);
}
