/** Reads the delivery log and the dead letters of a supplier's endpoint in pages, newest first. */
import { wholeOf } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { DeadLetterEntity, EndpointAttemptEntity } from "./endpoint.entity";

export interface LogPage {
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}

export class LogReader {
  constructor(private readonly transact: Transact) {}

  async attempts(supplierId: string, endpointId: string, page: LogPage): Promise<EndpointAttemptEntity[]> {
    return this.page(supplierId, EndpointAttemptEntity, { endpointId, page });
  }

  async deadLetters(supplierId: string, endpointId: string, page: LogPage): Promise<DeadLetterEntity[]> {
    return this.page(supplierId, DeadLetterEntity, { endpointId, page });
  }

  private page<T extends EndpointAttemptEntity | DeadLetterEntity>(
    supplierId: string,
    entity: new () => T,
    { endpointId, page: { after, limit } }: { endpointId: string; page: LogPage },
  ): Promise<T[]> {
    return this.transact(wholeOf(supplierId), (tx) => {
      const query = tx
        .createQueryBuilder(entity, "row")
        .where("row.endpointId = :endpointId", { endpointId })
        .orderBy("row.at", "DESC")
        .addOrderBy("row.id", "DESC")
        .limit(limit);
      if (after) query.andWhere("(row.at, row.id) < (:at::timestamptz, :id::uuid)", after);
      return query.getMany();
    });
  }
}
