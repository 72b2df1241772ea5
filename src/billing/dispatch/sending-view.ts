/** Read model of a mail with which a document is sent. */
type SendingState = "WAITING" | "SENT" | "FAILED";

export interface SendingView {
  readonly id: string;
  readonly documentId: string;
  readonly to: string;
  readonly state: SendingState;
  /** Why the last attempt failed. */
  readonly failure: string | null;
  readonly askedAt: Date;
  readonly sentAt: Date | null;
}
