import { eventDocument, type CloudEvent } from '@assay/contracts';
import type { ServiceName } from '@assay/persistence';
import { admit, enter, publishedEnvelope, refuse, runInOperation } from '@assay/persistence';
import { invalid, isDomainError, isUuid, sha256Hex, type DomainError } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Logger } from '@nestjs/common';
import type { MessageHandler } from '@nestjs/microservices';
import { defaultIfEmpty, from, isObservable, lastValueFrom } from 'rxjs';
import type { DataSource, EntityManager } from 'typeorm';
import { AssayEventContext } from './event-context';

/** What a transport brings: nothing is known of it before it is read. */
export interface Delivery {
  subject: string;
  envelope: unknown;
  /** Under which the transport carries it, for an envelope that has none. */
  id: string | undefined;
  /** 1 on the first delivery to this process. */
  attempt: number;
  /** The message of a bus, to which others may write; none where the envelope was read from the outbox itself. */
  text?: string;
}

const NOT_PUBLISHED = 'not_published';

/** More of a message that nobody published is not kept. */
const MOST_FOREIGN = 10_000;

const idIn = (envelope: unknown): string | undefined => {
  const { id } = (envelope ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
};
/** Second token of a subject, whose outbox it comes from: `assay.research.strategy.promoted.v1` -> `research`. */
export const sourceOf = (subject: string): string => subject.split('.')[1]!;

/**
 * What both transports do with one event: reads it, marks it as done and runs its handler in one transaction. An infrastructure error
 * rolls back and is thrown, so that the transport delivers again; an event that is not what its subject carries, and a DomainError of
 * the handler, cannot be cured by repeating, so the event is set aside. So is a message that its publisher has not written: it takes
 * no place in the inbox and none in the sequence of an aggregate, so nothing that was published is lost by it.
 */
export class EventDispatcher {
  private readonly logger = new Logger('EventDispatcher');
  private readonly documents: ReadonlyMap<string, ReturnType<typeof eventDocument>>;

  /** @throws Error for a handler of a subject that no event has */
  constructor(
    readonly service: ServiceName,
    readonly dataSource: DataSource,
    private readonly handlers: ReadonlyMap<string, MessageHandler>,
  ) {
    this.documents = new Map(this.subjects.map((subject) => [subject, eventDocument(subject)]));
  }

  /** Subjects that have a handler. */
  get subjects(): string[] {
    return [...this.handlers.keys()];
  }

  /** @param also further writes of the transport in the same transaction, like its cursor */
  async dispatch(
    delivery: Delivery,
    also: (em: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { subject, envelope, attempt } = delivery;
    const expected = this.documents.get(subject);
    if (!expected) return this.dataSource.transaction(also);
    if (delivery.text !== undefined && !(await this.isPublished(delivery))) return this.setAsideForeign(delivery, also);
    const { document: event, problems } = expected.read(envelope);
    if (!event) return this.setAsideUnread(delivery, invalid(problems), also);
    return this.dispatchRead(subject, event, attempt, also);
  }

  private async dispatchRead(
    subject: string,
    event: CloudEvent,
    attempt: number,
    also: (em: EntityManager) => Promise<void>,
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
        if (admission === 'handle')
          await refuse(em, this.service, this.service, { id: event.id, envelope: event }, error);
        await also(em);
      });
    }
  }

  /** The relay sends what the outbox has, to the letter. */
  private async isPublished({ subject, envelope, id: carried, text }: Delivery): Promise<boolean> {
    const id = idIn(envelope) ?? carried;
    if (!isUuid(id)) return false;
    const published = await publishedEnvelope(this.dataSource.manager, sourceOf(subject), { id, subject });
    return published !== undefined && JSON.stringify(published) === text;
  }

  /** Kept as text, which may be nested deeper than a document can be stored, under an id of its own: the same one sent again is one row. */
  private async setAsideForeign(
    { subject, envelope, id: carried, text = '' }: Delivery,
    also: (em: EntityManager) => Promise<void>,
  ): Promise<void> {
    const claimed = (idIn(envelope) ?? carried ?? 'without an id').slice(0, 64);
    const kept = { id: sha256Hex(`${subject} ${text}`).slice(0, 32), envelope: text.slice(0, MOST_FOREIGN) };
    const message = `event ${claimed} must be in the outbox of ${sourceOf(subject)} as it came, was sent past it`;
    this.logger.error({ event_id: claimed, code: NOT_PUBLISHED }, `event ${subject} refused`);
    await this.dataSource.transaction(async (em) => {
      await refuse(em, this.service, this.service, kept, { code: NOT_PUBLISHED, message });
      await also(em);
    });
  }

  /** Its place in the sequence of its aggregate cannot be known, so the next event of the aggregate is not held to it. */
  private async setAsideUnread(
    { subject, envelope, id: carried }: Delivery,
    error: DomainError,
    also: (em: EntityManager) => Promise<void>,
  ): Promise<void> {
    const id = [idIn(envelope), carried].find(isUuid) ?? newId();
    this.logger.error({ err: error, event_id: id, code: error.code, errors: error.errors }, `event ${subject} refused`);
    await this.dataSource.transaction(async (em) => {
      if (await enter(em, this.service, this.service, id))
        await refuse(em, this.service, this.service, { id, envelope }, error);
      await also(em);
    });
  }

  private async handle(em: EntityManager, subject: string, event: CloudEvent, attempt: number): Promise<void> {
    const first = this.handlers.get(subject)!;
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
