/** Seals the names and pieces of uploads, and stores and reads the pieces. */
import type { EntityManager } from "typeorm";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { SealedValues, type SealedValue } from "../../platform/sealed/values";

export class UploadVault {
  private readonly values: SealedValues;

  constructor(masterKey: KeyRing) {
    this.values = new SealedValues(masterKey, "upload");
  }

  sealName(uploadId: string, name: string): SealedValue {
    return this.values.seal(Buffer.from(name), `${uploadId}/name`);
  }

  openName(uploadId: string, value: SealedValue): string {
    return this.values.open(value, `${uploadId}/name`).toString();
  }

  /** `number` counts from 0. */
  async storePart(
    tx: EntityManager,
    uploadId: string,
    { number, plain }: { readonly number: number; readonly plain: Buffer },
  ): Promise<void> {
    const { keyId, sealed } = this.values.seal(plain, partContext(uploadId, number));
    await tx.query("INSERT INTO upload_part (upload_id, number, key_id, sealed) VALUES ($1, $2, $3, $4)", [
      uploadId,
      number,
      keyId,
      sealed,
    ]);
  }

  /** Null when there is no such part, or its upload is not kept any more. */
  async readPart(tx: EntityManager, uploadId: string, number: number): Promise<Buffer | null> {
    const [row]: SealedValue[] = await tx.query(
      `SELECT key_id AS "keyId", sealed FROM upload_part WHERE upload_id = $1 AND number = $2`,
      [uploadId, number],
    );
    return row ? this.values.open(row, partContext(uploadId, number)) : null;
  }
}

const partContext = (uploadId: string, number: number): string => `${uploadId}/part/${String(number)}`;
