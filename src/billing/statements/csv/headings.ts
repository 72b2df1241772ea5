/** Which column of a CSV file is which? By the headings that French banks write, and those of our own format. */

/** What a column can hold. DETAILS are further texts; several columns may hold them. */
export const roles = [
  ...["day", "valueDay", "amount", "debit", "credit", "mark", "reference", "transactionId", "endToEndId"],
  ...["remittance", "counterparty", "currency", "status", "iban", "accountNumber"],
] as const;
export type Role = (typeof roles)[number];

/** Headings in lower case without accents, signs and the name of the euro; the first one found is taken. */
const headings: Readonly<Record<string, readonly string[]>> = {
  day: [
    ...[
      "booked on",
      "date de comptabilisation",
      "date comptabilisation",
      "date comptable",
      "date d ecriture",
    ],
    ...[
      "date de l ecriture",
      "date ecriture",
      "date de l operation local",
      "date operation",
      "date d operation",
    ],
    ...["date de l operation", "dateop", "date op", "date mouvement", "date du mouvement", "date", "jour"],
    ...["date de l operation utc", "booking date", "date d execution"],
  ],
  valueDay: [
    ...["date de valeur", "date valeur", "valeur", "dateval", "date de la valeur local", "value date"],
    "date de la valeur utc",
  ],
  amount: [
    ...["amount", "montant", "montant de l operation", "montant operation", "montant total ttc"],
    ...["montant de la transaction", "montant transaction", "montant net"],
  ],
  debit: ["debit", "debits", "montant debit", "montant au debit", "debit montant"],
  credit: ["credit", "credits", "montant credit", "montant au credit", "credit montant"],
  mark: ["sens", "debit credit", "d c", "sens de l operation", "code sens"],
  transactionId: ["identifiant de transaction", "identifiant de la transaction", "transaction id"],
  endToEndId: ["reference de bout en bout", "reference bout en bout", "end to end id", "endtoendid"],
  reference: [
    ...["reference", "ref", "reference de l operation", "reference operation", "numero d operation"],
    ...["numero operation", "n operation", "n d operation", "reference banque", "numero d ecriture"],
  ],
  counterparty: [
    ...[
      "counterparty",
      "contrepartie",
      "nom de la contrepartie",
      "nom contrepartie",
      "tiers",
      "nom du tiers",
    ],
    ...["emetteur", "donneur d ordre", "nom du donneur d ordre", "emetteur beneficiaire"],
  ],
  currency: ["devise", "code devise", "devise du compte", "currency", "monnaie"],
  status: ["statut", "status", "etat"],
  iban: ["iban", "iban du compte"],
  accountNumber: ["numero de compte", "numero compte", "n de compte", "n compte", "accountnum", "compte"],
};

/** In the order in which they are joined. */
const remittances = [
  ...["remittance", "libelle", "libelle operation", "libelle de l operation", "libelle d operation", "label"],
  ...[
    "libelle complet operation",
    "libelle complet",
    "libelle court",
    "libelle simplifie",
    "nature de l operation",
    "detail",
    "details",
  ],
  ...[
    "detail de l ecriture",
    "libelle complementaire",
    "informations complementaires",
    "information complementaire",
  ],
  ...["motif", "communication", "description", "commentaire", "reference", "note"],
];

/** "Débit (€)" is "debit", "Date de l'opération" is "date de l operation". */
export const plainHeading = (heading: string): string =>
  heading
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .replaceAll(/\b(?:en )?(?:euros?|eur)\b/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** The columns by what they hold; remittance may be several. */
export interface Columns {
  readonly at: Readonly<Partial<Record<string, number>>>;
  readonly remittances: readonly number[];
  /** Whether times in the column of the day are in UTC. */
  readonly isDayUtc: boolean;
  readonly count: number;
}

export function columnsOf(cells: readonly string[]): Columns {
  const plain = cells.map(plainHeading);
  const at: Partial<Record<string, number>> = {};
  for (const [role, names] of Object.entries(headings)) {
    const name = names.find((one) => plain.includes(one));
    if (name !== undefined) at[role] = plain.indexOf(name);
  }
  const days = [at.day, at.valueDay].filter((column) => column !== undefined).slice(0, 1);
  return {
    at,
    remittances: remittancesIn(plain, at),
    isDayUtc: days.some((column) => plain[column]?.endsWith(" utc")),
    count: cells.length,
  };
}

function remittancesIn(plain: readonly string[], at: Columns["at"]): number[] {
  // Where the bank has an identifier of its own, the reference is what the payer wrote.
  const { reference, ...others } = at;
  const taken = new Set(Object.values(at.transactionId === undefined ? at : others));
  const texts = remittances.map((name) => plain.indexOf(name)).filter((column) => column !== -1);
  const free = texts.filter((column) => !taken.has(column));
  return free.length > 0 || reference === undefined ? free : [reference];
}

/** What a file must have, in words; each of them names its columns. */
export function missingFrom({ at, remittances: texts }: Columns): string[] {
  const hasAmount = at.amount !== undefined || (at.debit !== undefined && at.credit !== undefined);
  return [
    ...(at.day === undefined && at.valueDay === undefined ? ["the day (date, booked_on)"] : []),
    ...(hasAmount ? [] : ["the amount (montant, amount, or débit and crédit)"]),
    ...(texts.length > 0 || at.counterparty !== undefined ? [] : ["the text (libellé, remittance)"]),
  ];
}
