/** Which campaigns belong to a supplier? Finds those of a few suppliers without looking at any others. */
import { HandleSet } from "./handle-set";

export class SupplierHandles {
  private readonly handles = new Map<string, HandleSet>();

  add(supplierId: string, handle: number): void {
    const known = this.handles.get(supplierId) ?? new HandleSet();
    this.handles.set(supplierId, known);
    known.add(handle);
  }

  remove(supplierId: string, handle: number): void {
    const known = this.handles.get(supplierId);
    known?.delete(handle);
    if (known?.size === 0) this.handles.delete(supplierId);
  }

  /** In ascending order. */
  handlesOf(supplierIds: Iterable<string>): Int32Array {
    const lists = [...supplierIds].flatMap((id) => this.handles.get(id)?.handles() ?? []);
    const all = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let count = 0;
    for (const list of lists) {
      all.set(list, count);
      count += list.length;
    }
    return all.sort();
  }
}
