import type { CloudEvent, EventData, EventType } from '@assay/contracts';
import { EVENT_SUBJECTS } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { currentOperation } from './operation-context';

export interface NewEvent<T extends EventType> {
  type: T;
  aggregateId: string;
  data: EventData[T];
  correlationId?: string;
  actor?: string | null;
}

/** Schema of the service that owns an event type. */
export const publisherOf = (type: EventType): 'research' | 'trade' =>
  EVENT_SUBJECTS[type].split('.')[1] as 'research' | 'trade';

/** `strategy.promoted` -> `strategy`: events of one kind and aggregate share a sequence. */
export const aggregateKind = (type: string): string => type.split('.')[0]!;

@Injectable()
export class Outbox {
  /**
   * Writes an event in the business transaction of `em`; it is delivered after the commit, at least once.
   * The publishing lock of the service is held until then, so publish last: the locks taken before are then always in the same order.
   */
  async publish<T extends EventType>(em: EntityManager, event: NewEvent<T>): Promise<CloudEvent<EventData[T]>> {
    if (!em.queryRunner?.isTransactionActive) throw new Error(`event ${event.type} must be published in a transaction`);
    const schema = publisherOf(event.type);
    const kind = aggregateKind(event.type);
    const operation = currentOperation();
    const [{ sequence }] = (await em.query(`SELECT ${schema}.outbox_next($1) AS sequence`, [
      `${kind}/${event.aggregateId}`,
    ])) as [{ sequence: string }];
    const envelope: CloudEvent<EventData[T]> = {
      specversion: '1.0',
      id: newId(),
      source: `/assay/${schema}`,
      type: event.type,
      subject: `${kind}/${event.aggregateId}`,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      sequence: Number(sequence),
      correlationid: event.correlationId ?? operation?.correlationId ?? newId(),
      actor: event.actor === undefined ? (operation?.actor ?? null) : event.actor,
      data: event.data,
    };
    await em.query(
      `INSERT INTO ${schema}.outbox (id, type, subject, aggregate_id, sequence, envelope) VALUES ($1, $2, $3, $4, $5, $6)`,
      [envelope.id, event.type, EVENT_SUBJECTS[event.type], event.aggregateId, sequence, JSON.stringify(envelope)],
    );
    return envelope;
  }
}
