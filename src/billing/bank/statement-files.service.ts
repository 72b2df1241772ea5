/** Downloads of imported files. They are read part by part, each in a transaction of its own. */
import type { Scope, Transact } from "../../platform/database";
import type { FileKind } from "../../platform/downloads/file-kind";
import { notFound } from "../../shared/errors";
import { statementById } from "./bank-statement-reads.service";
import type { StatementContent } from "./statement-content.service";
import { statementFileKind, statementFileOf } from "./statement-files";

export class StatementFiles {
  constructor(
    private readonly transact: Transact,
    private readonly content: StatementContent,
  ) {}

  kind(): FileKind {
    return {
      kind: statementFileKind,
      rootField: "bankStatements",
      find: async (scope, [id = ""]) => {
        const statement = await this.transact(scope, (tx) => statementById(tx, id));
        if (!statement || statement.status === "REFUSED") throw notFound("file");
        return { ...statementFileOf(statement), supplierId: null, content: () => this.parts(scope, id) };
      },
    };
  }

  private async *parts(scope: Scope, id: string): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const part = await this.transact(scope, (tx) => this.content.part(tx, id, number));
      if (part === null) return;
      yield part;
    }
  }
}
