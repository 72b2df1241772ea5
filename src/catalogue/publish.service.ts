/** Publishes the forms of this release. A published version never changes: a consent refers to its words. */
import type { Transact } from "../platform/database";
import { canonicalJson } from "../shared/canonical-json";
import { faultsOf } from "./check-product";
import { FormVersionEntity } from "./form-version.entity";
import { products } from "./products";

/** Throws when a product is faulty, or a form was changed without a new version. */
export async function publishForms(transact: Transact, at: Date): Promise<void> {
  const faults = products.flatMap(faultsOf);
  if (faults.length > 0) throw new Error(`Products cannot be sold as they are. ${faults.join(" ")}`);
  await transact({ role: "worker" }, async (tx) => {
    for (const { id, form } of products) {
      const row = { productId: id, version: form.version, content: form, publishedAt: at };
      await tx.createQueryBuilder().insert().into(FormVersionEntity).values(row).orIgnore().execute();
      const published = await tx.findOneByOrFail(FormVersionEntity, { productId: id, version: form.version });
      if (canonicalJson(published.content) !== canonicalJson(form)) {
        throw new Error(
          `The form of ${id} differs from its published version ${String(form.version)}. Raise the version.`,
        );
      }
    }
  });
}
