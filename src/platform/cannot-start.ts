/** The reason why a program cannot start, in words for the operator. It is printed without a stack. */
export class CannotStart extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotStart";
  }
}
