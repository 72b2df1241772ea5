/**
 * Under which electronic address is a company reached through the e-invoicing network? It stands on documents
 * (BT-34, BT-49) and in the messages about them, so both ask here.
 */
import { element, type Node } from "./xml";

export interface ElectronicAddress {
  /** Code of the list of electronic address schemes (EAS): "0225" is the French directory. */
  readonly scheme: string;
  readonly id: string;
}

/** A French company is entered in the directory under its SIREN. */
export const electronicAddressOf = ({ siren }: { readonly siren: string }): ElectronicAddress => ({
  scheme: "0225",
  id: siren,
});

/** As documents and messages write it. */
export const uriOf = ({ scheme, id }: ElectronicAddress): Node => element({ schemeID: scheme }, id);
