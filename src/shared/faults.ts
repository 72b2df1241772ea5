/**
 * Finds all faults of an input at once, so that a caller need not correct and send it again for each of them. A
 * check is a function that returns a value or throws INVALID_INPUT.
 */
import { AppError, type Fault } from "./errors";

/** Each check can use the values of the fields before it. A field at fault is missing from them. */
type Checks<T> = { readonly [Field in keyof T]: (found: Partial<T>) => T[Field] };

/** The rest of an input with more faults is not checked: nobody reads them all, and each takes time. */
const mostFaults = 100;

/**
 * Runs every check and returns the values by field. When some checks throw INVALID_INPUT, throws one error with
 * all their faults, each under the path of its field. Any other error is thrown at once.
 */
export function checkAll<T extends object>(checks: Checks<T>): T {
  const found = new FaultList();
  const values: Partial<T> = {};
  for (const field of Object.keys(checks) as (keyof T & string)[]) {
    found.run(field, () => {
      values[field] = checks[field](values);
    });
  }
  found.throwIfAny();
  return values as T;
}

/** Like `checkAll`, for the items of a list. */
export function checkEach<Item, T>(items: readonly Item[], check: (item: Item, index: number) => T): T[] {
  const found = new FaultList();
  const values: T[] = [];
  items.forEach((item, index) => {
    found.run(`[${String(index)}]`, () => {
      values.push(check(item, index));
    });
  });
  found.throwIfAny();
  return values;
}

/** Runs a check of one field, and puts the faults that it throws under the path of that field. */
export function checkField<T>(field: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw isInvalidInput(error) ? errorOf(faultsUnder(field, error)) : error;
  }
}

/** Runs several checks that name their fields themselves, and returns their values in order. */
export function checkTogether<T extends readonly unknown[]>(
  ...checks: { readonly [Index in keyof T]: () => T[Index] }
): T {
  const found = new FaultList();
  const values: unknown[] = [];
  checks.forEach((check, index) => {
    found.run(null, () => {
      values[index] = check();
    });
  });
  found.throwIfAny();
  return values as unknown as T;
}

/** Waits for a check that has to read something first, so that it can be one of several. */
export function settled<T>(check: Promise<T>): Promise<() => T> {
  return check.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
}

/** The faults of an INVALID_INPUT error; at least one. */
export function faultsOf(error: AppError): readonly Fault[] {
  const { faults, reason, field, retryAfterSeconds: _later, ...choices } = error.details;
  if (faults && faults.length > 0) return faults;
  return [{ ...choices, reason: reason ?? "INVALID", field: field ?? null, message: error.message }];
}

/** One INVALID_INPUT error for all of these faults. */
export function errorOf(faults: readonly Fault[]): AppError {
  const [first] = faults;
  if (!first) throw new Error("An error without a fault.");
  const { message, ...rest } = first;
  return new AppError("INVALID_INPUT", message, { ...rest, faults });
}

class FaultList {
  private readonly faults: Fault[] = [];

  /** `field`: where the value is; null if the check names its fields itself. */
  run(field: string | null, check: () => void): void {
    if (this.faults.length >= mostFaults) return;
    try {
      check();
    } catch (error) {
      if (!isInvalidInput(error)) throw error;
      this.faults.push(...(field === null ? faultsOf(error) : faultsUnder(field, error)));
    }
  }

  throwIfAny(): void {
    if (this.faults.length > 0) throw errorOf(this.faults.slice(0, mostFaults));
  }
}

const isInvalidInput = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === "INVALID_INPUT";

const faultsUnder = (field: string, error: AppError): Fault[] =>
  faultsOf(error).map((fault) => ({ ...fault, field: pathOf(field, fault.field) }));

function pathOf(outer: string, inner: string | null): string {
  if (inner === null) return outer;
  return inner.startsWith("[") ? outer + inner : `${outer}.${inner}`;
}
