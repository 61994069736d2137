import { EVENT_SUBJECTS, type EventOf, type EventType } from '@assay/contracts';
import { EventPattern } from '@nestjs/microservices';
import type { AssayEventContext } from './event-context';

type Handler<T extends EventType> = (event: EventOf<T>, context: AssayEventContext) => Promise<void>;

/** Marks a method as the handler of an event type: it is given that type's event, which has been read. */
export const OnEvent =
  <T extends EventType>(type: T) =>
  (target: object, name: string, method: TypedPropertyDescriptor<Handler<T>>): void => {
    EventPattern(EVENT_SUBJECTS[type])(target, name, method);
  };
