/** Builds the uploads. What they are for is contributed by all modules, so the route is made last. */
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module, Route } from "../../platform/module";
import type { AuditService, Principal } from "../identity";
import { Receiving } from "./receiving.service";
import { UploadBook } from "./upload-book.service";
import { UploadVault } from "./upload-vault.service";
import { uploadsRoute, type UploadsServed } from "./uploads.route";
import { Uploads } from "./uploads.service";

export interface UploadsServices {
  readonly uploads: Uploads;
  /** Deletes what has expired; a job of this feature calls it every minute. */
  readonly deleteExpired: () => Promise<number>;
  readonly routeFor: (served: UploadsServed) => Route;
}

export interface UploadsDeps {
  readonly audit: AuditService;
  readonly authenticate: (bearer: string, origin: string | null) => Promise<Principal>;
}

/** So many uploads and parts are deleted in one transaction. */
const batchSize = 20;

export function buildUploads(
  { transact, keys, clock, log }: Foundation,
  { audit, authenticate }: UploadsDeps,
): Module<UploadsServices> {
  const vault = new UploadVault(keys.masterKey);
  const book = new UploadBook({ vault, audit, clock });
  const receiving = new Receiving({ transact, book, vault });
  const deleteExpired = async (): Promise<number> => {
    const deleted = await transact({ role: "worker" }, (tx) => book.deleteExpired(tx, batchSize));
    return deleted < batchSize ? deleted : deleted + (await deleteExpired());
  };
  return {
    services: {
      uploads: new Uploads(vault, clock),
      deleteExpired,
      routeFor: (served) =>
        uploadsRoute({ ...served, authenticate, receive: (by, file) => receiving.receive(by, file) }),
    },
    jobs: [repeated({ name: "deleting expired uploads", pauseMs: 60_000, clock, log, work: deleteExpired })],
  };
}
