/** Progress of the run that invoices a month. */
export interface InvoiceRunView {
  readonly id: string;
  readonly month: string;
  readonly requestedAt: Date;
  readonly suppliers: number;
  readonly done: number;
  readonly documents: number;
  /** Suppliers whose documents could not be issued; their transactions were rolled back. */
  readonly failed: readonly { readonly supplierId: string; readonly reason: string }[];
  readonly endedAt: Date | null;
}
