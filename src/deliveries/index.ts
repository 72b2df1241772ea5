export type { ConsentBasis } from "./consent-basis";
export type { DeliveryEntity as DeliveryRow } from "./delivery.entity";
export type { DeliveryBook, NewDelivery } from "./delivery-book.service";
export type { Disposition, Inbox } from "./inbox.service";
export type { AnswerView } from "./lead-view";
export type { ScopeChange } from "./scope-change";
export { answersOf } from "./render";
export { changeOf } from "./scope-change";
export { whyOf } from "./why";
