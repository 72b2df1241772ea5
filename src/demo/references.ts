/**
 * Which request a supplier's lead came from. A supplier is not told: only the demo, which is both the form
 * site and the supplier, can know it, by the invented person. It is kept in memory and never printed.
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

  /** What to call this lead: its request's reference if the request was made here. */
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

/** The latest ones only: a demo may run for weeks. */
function remember(map: Map<string, string>, key: string, value: string): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostRemembered && oldest !== undefined) map.delete(oldest);
}
