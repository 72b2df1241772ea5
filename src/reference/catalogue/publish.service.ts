/**
 * Publishes the forms of this release. A published version never changes, because consents refer to its text. A new
 * version must not drop a field or option that existing campaigns filter on: they would silently match no lead.
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
  /** What existing campaigns would lose with a new form, as sentences; empty if nothing. */
  readonly losses: (tx: EntityManager, form: Form) => Promise<readonly string[]>;
}

/** Throws if a product is faulty, a published form was changed, or campaigns would lose something with a new form. */
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
    // Another server may publish the same version at the same time.
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
