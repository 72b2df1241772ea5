export type { SandboxFinding } from "./explanations";
export type { ReturnBook } from "./return-book.service";
export type { ReturnDesk } from "./return-desk.service";
export type { ReturnsService } from "./returns.service";
