/** Keeps the files of bank statements, sealed, for the ten years of commercial law (C. com. L.123-22). */
import type { EntityManager } from "typeorm";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { SealedValues, type SealedValue } from "../../platform/sealed/values";

const keptYears = 10;

export class StatementContent {
  private readonly values: SealedValues;

  constructor(masterKey: KeyRing) {
    this.values = new SealedValues(masterKey, "bank-statement");
  }

  async store(tx: EntityManager, statementId: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    let part = 0;
    for await (const chunk of chunks) {
      const { keyId, sealed } = this.values.seal(Buffer.from(chunk), contextOf(statementId, part));
      await tx.query(
        "INSERT INTO bank_statement_content (statement_id, part, key_id, sealed) VALUES ($1, $2, $3, $4)",
        [statementId, part, keyId, sealed],
      );
      part += 1;
    }
  }

  /** Null after the last part. */
  async part(tx: EntityManager, statementId: string, part: number): Promise<Buffer | null> {
    const [row]: SealedValue[] = await tx.query(
      `SELECT key_id AS "keyId", sealed FROM bank_statement_content WHERE statement_id = $1 AND part = $2`,
      [statementId, part],
    );
    return row ? this.values.open(row, contextOf(statementId, part)) : null;
  }

  /** Deletes the content of files that were imported more than ten years ago. Returns how many parts. */
  async deleteOld(tx: EntityManager, now: Date): Promise<number> {
    const [, deleted]: [unknown, number] = await tx.query(
      `DELETE FROM bank_statement_content c USING bank_statement s
       WHERE s.id = c.statement_id AND s.imported_at < $1::timestamptz - make_interval(years => $2)`,
      [now, keptYears],
    );
    return deleted;
  }
}

const contextOf = (statementId: string, part: number): string => `${statementId}/${String(part)}`;
