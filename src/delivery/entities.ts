/** The tables of the delivery module that TypeORM reads or writes. */
import { DeliveryEntity } from "./deliveries/delivery.entity";
import { OutcomeEntity } from "./outcomes/outcome.entity";
import { DeadLetterEntity, EndpointAttemptEntity, EndpointEntity } from "./endpoints/endpoint.entity";

export const entities = [
  DeliveryEntity,
  OutcomeEntity,
  DeadLetterEntity,
  EndpointAttemptEntity,
  EndpointEntity,
];
