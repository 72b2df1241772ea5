/**
 * Checks a file of bank statements against what is known of the account, and stores its lines: all of them, or
 * none. They are booked afterwards.
 */
import type { EntityManager } from "typeorm";
import { newId } from "../../platform/ids";
import { invalid } from "../../shared/errors";
import { isAccountOf, withOccurrences, type Movement, type Statement } from "../statements";
import { lockBank } from "./bank-lock.service";
import type { KnownLine, StatementCounts } from "./bank-statement";
import { linkOf } from "./chain";
import type { LineBook, NewLine } from "./line-book.service";
import type { StoredStatements } from "./stored-statements.service";

export interface StoredFile {
  readonly statementId: string;
  /** The account that the call names, for formats that name none. */
  readonly iban: string | null;
  /** Why a gap before the file is accepted. */
  readonly gapReason: string | null;
  readonly by: string;
}

interface Identified extends Movement {
  readonly occurrence: number;
}

interface IdentifiedStatement extends Statement {
  readonly ownAccount: string;
  readonly movements: readonly Identified[];
}

export class StoreStatement {
  constructor(
    private readonly deps: {
      readonly stored: StoredStatements;
      readonly lines: LineBook;
      /** The company's accounts. */
      readonly ibans: readonly string[];
    },
  ) {}

  /** Throws INVALID_INPUT when a statement is not ours, or does not continue what is known. */
  async store(
    tx: EntityManager,
    file: StoredFile,
    statements: readonly Statement[],
  ): Promise<Pick<StatementCounts, "read" | "known" | "skipped">> {
    await lockBank(tx);
    const counts = { read: 0, known: 0, skipped: 0 };
    let [nth, number] = [0, 0];
    for (const statement of this.identified(statements, file.iban)) {
      nth += 1;
      const stored = await this.storeOne(tx, file, { statement, nth, number });
      number += stored.read + stored.skipped;
      counts.read += stored.read;
      counts.known += stored.known;
      counts.skipped += stored.skipped;
    }
    return counts;
  }

  /** The statements in order of time, each with its account. Equal lines of an account are told apart. */
  private identified(statements: readonly Statement[], named: string | null): IdentifiedStatement[] {
    const inOrder = [...statements].sort((a, b) => compare(a.opening?.on ?? "", b.opening?.on ?? ""));
    const ofAccount = inOrder.map((statement) => ({ ...statement, own: this.accountOf(statement, named) }));
    const numbered = new Map<string, Identified[]>();
    for (const { own } of ofAccount) {
      if (numbered.has(own)) continue;
      const all = ofAccount.filter((one) => one.own === own).flatMap(({ movements }) => movements);
      numbered.set(own, withOccurrences(all));
    }
    return ofAccount.map(({ own, ...statement }) => ({
      ...{ ...statement, ownAccount: own },
      movements: numbered.get(own)?.splice(0, statement.movements.length) ?? [],
    }));
  }

  private async storeOne(
    tx: EntityManager,
    file: StoredFile,
    { statement, nth, number }: { statement: IdentifiedStatement; nth: number; number: number },
  ): Promise<Pick<StatementCounts, "read" | "known" | "skipped">> {
    const { stored, lines } = this.deps;
    const { statementId, by } = file;
    const { movements, ownAccount: account } = statement;
    const known = await stored.known(tx, account, movements);
    const fresh = movements.flatMap((movement, index) =>
      known[index] ? [] : [{ index, line: newLine(movement, { account, statementId }) }],
    );
    await this.link(tx, file, { statement, nth, account, fresh: fresh.map(({ line }) => line) });
    await lines.insert(
      tx,
      fresh.map(({ line }) => line),
      by,
    );
    const ids = new Map(fresh.map(({ index, line }) => [index, line.id]));
    await stored.addLines(tx, statementId, [
      ...movements.map(({ place, ...movement }, index) => ({
        ...{ number: number + index + 1, line: place.line, detail: place.detail, skipped: null },
        lineId: ids.get(index) ?? known[index]?.id ?? null,
        known: knownAs(known[index], movement),
      })),
      ...statement.skipped.map(({ place, reason }, index) => ({
        ...{ number: number + movements.length + index + 1, line: place.line, detail: place.detail },
        ...{ lineId: null, known: null, skipped: reason },
      })),
    ]);
    return {
      read: movements.length,
      known: movements.length - fresh.length,
      skipped: statement.skipped.length,
    };
  }

  /** Checks that the statement continues the account, and stores its balances. */
  private async link(
    tx: EntityManager,
    { statementId, gapReason }: StoredFile,
    {
      statement: { opening, closing, number },
      nth,
      account,
      fresh,
    }: { statement: Statement; nth: number; account: string; fresh: readonly NewLine[] },
  ): Promise<void> {
    if (opening === null || closing === null) return;
    const { stored } = this.deps;
    const newCents = fresh.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const storedCents = await stored.storedCents(tx, account);
    const chain = await stored.chain(tx, account);
    const { baseCents, gapCents } = linkOf(chain, { opening, closing }, { storedCents, newCents });
    if (gapCents !== 0 && gapReason === null) throw gap(chain?.closing.on ?? "", gapCents);
    await stored.addBalance(tx, { statementId, nth, account, number, opening, closing, baseCents, gapCents });
  }

  private accountOf({ account }: Statement, named: string | null): string {
    const { ibans } = this.deps;
    if (named !== null && !ibans.includes(named)) throw notOurs("iban", ibans);
    if (account === null) return named ?? this.onlyAccount();
    const own = ibans.find((iban) => isAccountOf(account, iban));
    if (own !== undefined && (named ?? own) === own) return own;
    throw notOurs("content", ibans);
  }

  /** Without the setting, files that name no account are of one that has no name. */
  private onlyAccount(): string {
    const [only = "", ...others] = this.deps.ibans;
    if (others.length === 0) return only;
    throw invalid("iban: this format does not name its account, and the company has several. Name one.", {
      reason: "REQUIRED",
      field: "iban",
    });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const knownAs = (
  known: KnownLine | null | undefined,
  { remittance, counterparty }: Pick<Movement, "remittance" | "counterparty">,
): "SAME" | "DIFFERS" | null => {
  if (!known) return null;
  return known.remittance === remittance && known.counterparty === counterparty ? "SAME" : "DIFFERS";
};

const newLine = (
  { kind, problem, place: _place, ...movement }: Identified,
  of: { readonly account: string; readonly statementId: string },
): NewLine => ({ ...movement, ...of, id: newId(), isCharge: kind === "CHARGE", waitsFor: problem });

/** Only the last digits are shown: a file of somebody else's account may have been sent by mistake. */
const notOurs = (field: "iban" | "content", ibans: readonly string[]) =>
  invalid(
    ibans.length === 0
      ? "This statement names its account, but none of the company's is known: set COMPANY_IBAN or BANK_IBANS."
      : `This statement is not of an account of the company, whose IBANs end in ${ibans.map((iban) => iban.slice(-4)).join(", ")}.`,
    { reason: "NOT_ALLOWED", field },
  );

const gap = (since: string, cents: number) =>
  invalid(
    `This statement does not continue the one until ${since}: ${(cents / 100).toFixed(2)} euros are missing in between. Import the missing statements first, or give a reason for the gap.`,
    { reason: "REQUIRED", field: "gapReason", gapCents: cents, since },
  );
