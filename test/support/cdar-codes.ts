/** The closed lists of codes of a life-cycle message. */
const words = (text: string): readonly string[] => text.split(" ");

export const documentTypes = words("380 389 393 501 386 500 384 471 472 473 261 262 381 396 502 503");
export const statusCodes = words(
  "200 201 202 203 204 205 206 207 208 209 210 211 212 213 214 220 221 224 225 226 227 228 501",
);
/** Roles of the parties to an invoice; platforms (WK) and the portal (DFH) are not among them. */
export const partyRoles = words("BY AB DL SE SR PE PR II IV");
export const actions = words("NOA PIN NIN CNF CNP CNA OTH");
export const amountTypes = words("MEN MPA RAP ESC RAB REM MAP MAPTTC MNA MNATTC CBB DIV DVA MAJ");

const refused =
  "TX_TVA_ERR MONTANTTOTAL_ERR CALCUL_ERR NON_CONFORME DOUBLON DEST_ERR TRANSAC_INC EMMET_INC CONTRAT_TERM DOUBLE_FACT CMD_ERR ADR_ERR REF_CT_ABSENT";
const partly =
  "AUTRE CMD_ERR SIRET_ERR CODE_ROUTAGE_ERR REF_CT_ABSENT REF_ERR PU_ERR REM_ERR QTE_ERR ART_ERR MODPAI_ERR QUALITE_ERR LIVR_INCOMP";
const rejected =
  "MONTANTTOTAL_ERR CALCUL_ERR DOUBLON DEST_INC ADR_ERR REJ_SEMAN REJ_UNI REJ_COH REJ_ADR REJ_CONT_B2G REJ_REF_PJ REJ_ASS_PJ";
const inadmissible =
  "IRR_VIDE_F IRR_TYPE_F IRR_SYNTAX IRR_TAILLE_PJ IRR_NOM_PJ IRR_VID_PJ IRR_EXT_DOC IRR_TAILLE_F IRR_ANTIVIRUS IRR_NOM_F";

/** Which reasons a status allows; the other statuses allow all of them. */
export const reasonsByStatus: Readonly<Record<string, readonly string[]>> = {
  "200": ["NON_TRANSMISE"],
  "206": words(partly),
  "207": words(`${refused} ${partly} COORD_BANC_ERR DEST_INC`),
  "208": words("JUSTIF_ABS COORD_BANC_ERR CMD_ERR SIRET_ERR CODE_ROUTAGE_ERR REF_CT_ABSENT REF_ERR"),
  "210": words(refused),
  "213": words(rejected),
  "221": ["ROUTAGE_ERR"],
  "501": words(inadmissible),
};
export const reasonCodes = [...new Set(Object.values(reasonsByStatus).flat())];
