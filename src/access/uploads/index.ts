export type { OpenedUpload, Uploads } from "./uploads.service";
