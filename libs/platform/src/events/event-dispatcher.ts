import type { CloudEvent } from '@assay/contracts';
import type { ServiceName } from '@assay/persistence';
import { admit, refuse, runInOperation } from '@assay/persistence';
import { isDomainError } from '@assay/primitives';
import { Logger } from '@nestjs/common';
import type { MessageHandler } from '@nestjs/microservices';
import { defaultIfEmpty, from, isObservable, lastValueFrom } from 'rxjs';
import type { DataSource, EntityManager } from 'typeorm';
import { AssayEventContext } from './event-context';

/**
 * What both transports do with one event: marks it as done and runs its handler in one transaction. An infrastructure error rolls
 * back and is thrown, so that the transport delivers again; a DomainError cannot be cured by repeating, so the event is set aside.
 */
export class EventDispatcher {
  private readonly logger = new Logger('EventDispatcher');

  constructor(
    readonly service: ServiceName,
    readonly dataSource: DataSource,
    private readonly handlers: ReadonlyMap<string, MessageHandler>,
  ) {}

  /** Subjects that have a handler. */
  get subjects(): string[] {
    return [...this.handlers.keys()];
  }

  /** @param also further writes of the transport in the same transaction, like its cursor */
  async dispatch(
    subject: string,
    event: CloudEvent,
    attempt: number,
    also: (em: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    try {
      await this.dataSource.transaction(async (em) => {
        await this.handle(em, subject, event, attempt);
        await also(em);
      });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.logger.error({ err: error, event_id: event.id, code: error.code }, `event ${event.type} refused`);
      await this.dataSource.transaction(async (em) => {
        const admission = await admit(em, this.service, this.service, event);
        if (admission === 'handle') await refuse(em, this.service, this.service, event, error);
        await also(em);
      });
    }
  }

  private async handle(em: EntityManager, subject: string, event: CloudEvent, attempt: number): Promise<void> {
    const first = this.handlers.get(subject);
    if (!first) return;
    const admission = await admit(em, this.service, this.service, event);
    if (admission !== 'handle') {
      this.logger.debug(`event ${event.id} (${event.type} ${event.sequence}) is ${admission}`);
      return;
    }
    const context = new AssayEventContext([em, attempt]);
    await runInOperation({ correlationId: event.correlationid, actor: event.actor }, async () => {
      // Nest chains further handlers of the same pattern behind the first.
      const result: unknown = await first(event, context);
      if (isObservable(result)) await lastValueFrom(from(result).pipe(defaultIfEmpty(undefined)));
    });
  }
}
