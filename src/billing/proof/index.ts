export type { ProofService } from "./proof.service";
