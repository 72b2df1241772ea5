export type { SandboxesService } from "./sandboxes.service";
