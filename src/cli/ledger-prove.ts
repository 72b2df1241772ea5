/**
 * `npm run ledger:prove`: checks the books of a running server against the rules of the proof and prints each breach.
 * Exits with 1 if there is one. CARATLAS_API_KEY holds a key of role FINANCE or ADMIN. Without it and without --url,
 * the program asks the demo that runs on this machine.
 */
import { invalid } from "../shared/errors";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run ledger:prove [-- --url https://…]. Without both, it asks the demo that runs on this machine.";

interface Proof {
  readonly rules: number;
  readonly postings: number;
  readonly entries: number;
  readonly documents: number;
  readonly faults: readonly { rule: string; text: string; subject: string; cents: number }[];
}

async function main(): Promise<void> {
  const { positionals, server } = await readOptions(usage);
  if (positionals.length > 0) throw invalid(usage);
  const query =
    "{ ledgerProof { rules postings entries documents faults { rule text(language: EN) subject cents } } }";
  const { ledgerProof: proof } = await askAsStaff<{ ledgerProof: Proof }>(server, query);
  for (const { rule, text, subject, cents } of proof.faults) {
    say(`${rule}: ${text}: ${subject} (${String(cents)})`);
  }
  const { rules, postings, entries, documents, faults } = proof;
  const counted = `${String(postings)} postings, ${String(entries)} entries, ${String(documents)} documents`;
  say(`${counted}: ${String(rules)} rules checked, ${String(faults.length)} faults.`);
  if (faults.length > 0) process.exitCode = 1;
}

runProgram(main);
