/**
 * Under which electronic address is a company reached through the e-invoicing network? It stands on documents
 * (BT-34, BT-49) and in the messages about them, so both ask here. Which address a supplier has is decided when its
 * document is issued.
 */
import type { ElectronicAddress } from "../../account/suppliers";
import { element, type Node } from "./xml";

interface Addressee {
  /** Empty for a company that is not in the French register. */
  readonly siren: string;
  readonly electronicAddress?: ElectronicAddress | null;
}

/** A French company is entered in the directory under its SIREN. Null for a company abroad whose address is unknown. */
export const electronicAddressOf = ({ siren, electronicAddress }: Addressee): ElectronicAddress | null =>
  electronicAddress ?? (siren === "" ? null : { scheme: "0225", value: siren });

/** As documents and messages write it. */
export const uriOf = ({ scheme, value }: ElectronicAddress): Node => element({ schemeID: scheme }, value);
