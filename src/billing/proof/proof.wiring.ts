/** Builds the proof of the books. */
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { ProofResolver } from "./proof.resolver";
import { ProofService } from "./proof.service";

export function buildProof({ transact }: Foundation): Module<ProofService> {
  const proof = new ProofService(transact);
  return { services: proof, resolvers: [new ProofResolver(proof)] };
}
