/**
 * Publishes the forms of this release. A published version never changes: a consent refers to its words. A
 * new version may not drop what standing campaigns ask for: they would take nothing any more, unnoticed.
 */
import type { EntityManager } from "typeorm";
import type { Transact } from "../../platform/database";
import { canonicalJson } from "../../shared/canonical-json";
import { faultsOf } from "./check-product";
import { type Form, type Product } from "./form";
import { FormVersionEntity } from "./form-version.entity";

export interface Publication {
  readonly products: readonly Product[];
  readonly at: Date;
  /** What a new form would take from those who ask for leads, in sentences; empty if nothing. */
  readonly losses: (tx: EntityManager, form: Form) => Promise<readonly string[]>;
}

/** Throws when a product is faulty, a published form was changed, or a new one takes something away. */
export async function publishForms(transact: Transact, publication: Publication): Promise<void> {
  const faults = publication.products.flatMap(faultsOf);
  if (faults.length > 0) throw new Error(`Products cannot be sold as they are. ${faults.join(" ")}`);
  await transact({ role: "worker" }, async (tx) => {
    for (const product of publication.products) {
      for (const form of product.forms) await publish(tx, form, publication);
    }
  });
}

async function publish(tx: EntityManager, form: Form, { at, losses }: Publication): Promise<void> {
  const { product: productId, version } = form;
  const published = await tx.findOneBy(FormVersionEntity, { productId, version });
  if (!published) {
    const lost = await losses(tx, form);
    if (lost.length > 0) {
      throw new Error(
        `Version ${String(version)} of the form of ${productId} cannot be published. ${lost.join(" ")}`,
      );
    }
    // Another server may be starting beside this one.
    const row = { productId, version, content: form, publishedAt: at };
    await tx.createQueryBuilder().insert().into(FormVersionEntity).values(row).orIgnore().execute();
    return publish(tx, form, { at, products: [], losses: () => Promise.resolve([]) });
  }
  if (canonicalJson(published.content) !== canonicalJson(form)) {
    throw new Error(
      `The form of ${productId} differs from its published version ${String(version)}. Raise the version.`,
    );
  }
}
