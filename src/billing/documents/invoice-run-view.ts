/** How far the invoicing of a month has come. */
export interface InvoiceRunView {
  readonly id: string;
  readonly month: string;
  readonly requestedAt: Date;
  readonly suppliers: number;
  readonly done: number;
  readonly documents: number;
  /** Suppliers whose documents could not be issued: nothing of them was written. */
  readonly failed: readonly { readonly supplierId: string; readonly reason: string }[];
  readonly endedAt: Date | null;
}
