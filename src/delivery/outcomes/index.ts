export type { OutcomesService } from "./outcomes.service";
