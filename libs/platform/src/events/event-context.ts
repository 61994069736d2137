import { BaseRpcContext } from '@nestjs/microservices';
import type { EntityManager } from 'typeorm';

/** Second argument of an event handler: `@Ctx() context: AssayEventContext`. */
export class AssayEventContext extends BaseRpcContext<[EntityManager, number]> {
  /** Of the transaction in which the event is marked as done; every effect of the handler belongs in it. */
  get manager(): EntityManager {
    return this.args[0];
  }

  /** 1 on the first delivery to this process. */
  get attempt(): number {
    return this.args[1];
  }
}
