import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import { Month } from "../../platform/graphql/dates";
import { File, toFile } from "../../platform/graphql/file.types";
import { invalid } from "../../shared/errors";
import { pdfOf, statementOf, xmlOf } from "./document-files";
import type { DocumentFiles } from "./document-files.service";
import type { StatementAs as Format } from "./lead-statement";
import { BillingDocument, StatementAs } from "./document.types";

@Resolver(() => BillingDocument)
export class DocumentFilesResolver {
  constructor(
    private readonly files: DocumentFiles,
    private readonly publicUrl: () => string,
  ) {}

  @FieldResolver(() => File, {
    description: "The document as Factur-X: a PDF/A-3 with the XML embedded.",
  })
  pdf(@Root() { view }: BillingDocument): File {
    return toFile(pdfOf(view), this.publicUrl());
  }

  @FieldResolver(() => File, {
    description: "The document as XML: EN 16931 in CII syntax, following the French rules.",
  })
  xml(@Root() { view }: BillingDocument): File {
    return toFile(xmlOf(view), this.publicUrl());
  }

  @Query(() => File, {
    description:
      "The charges and credits of a month, lead by lead with the document that bills each, for accounting. It holds no personal data. FORBIDDEN for access limited to some sites or campaigns.",
  })
  async leadStatement(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month, in Paris time." }) month: string,
    @Arg("as", () => StatementAs, { description: "The format of the file." }) as: Format,
    @Arg("supplierId", () => ID, {
      nullable: true,
      description: "Required for FINANCE and ADMIN; suppliers leave it out, or name themselves.",
    })
    wanted: string | null,
  ): Promise<File> {
    const scope = scopeOf(principalOf(context));
    const supplierId = wanted ?? (scope.role === "supplier" ? scope.supplierId : null);
    if (supplierId === null)
      throw invalid("supplierId: name the supplier.", { reason: "REQUIRED", field: "supplierId" });
    await this.files.checkStatement(scope, supplierId);
    return toFile(statementOf({ supplierId, month, as }), this.publicUrl());
  }
}
