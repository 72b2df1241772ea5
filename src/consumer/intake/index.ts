export type { CodeSender } from "./codes.service";
