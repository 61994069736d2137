import { storableJson, storableText, type CloudEvent } from '@assay/contracts';
import type { EntityManager } from 'typeorm';
import type { ServiceName } from '../database/database-settings';

/** `handle`: effects are due. `duplicate`: done before. `stale`: a later event of the same aggregate was done before. */
export type Admission = 'handle' | 'duplicate' | 'stale';

/**
 * Registers an event as done by `consumer` in the transaction of `em`; the handler's effects belong in the same transaction, which makes
 * delivery at least once into effect exactly once. Two deliveries of one event wait for one another here.
 */
export async function admit(
  em: EntityManager,
  service: ServiceName,
  consumer: string,
  event: CloudEvent,
): Promise<Admission> {
  if (!(await enter(em, service, consumer, event.id))) return 'duplicate';
  const advanced = (await em.query(
    `INSERT INTO ${service}.event_sequence AS s (consumer, aggregate, sequence) VALUES ($1, $2, $3)
     ON CONFLICT (consumer, aggregate) DO UPDATE SET sequence = excluded.sequence WHERE s.sequence < excluded.sequence
     RETURNING sequence`,
    [consumer, event.subject, event.sequence],
  )) as unknown[];
  return advanced.length === 0 ? 'stale' : 'handle';
}

/** Whether the event was not done before; it is from here on. */
export async function enter(em: EntityManager, service: ServiceName, consumer: string, id: string): Promise<boolean> {
  const inserted = (await em.query(
    `INSERT INTO ${service}.inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id`,
    [consumer, id],
  )) as unknown[];
  return inserted.length > 0;
}

/** Sets an event aside, as it came, that is refused for a reason no repetition can cure. */
export async function refuse(
  em: EntityManager,
  service: ServiceName,
  consumer: string,
  { id, envelope }: { id: string; envelope: unknown },
  reason: { code: string; message: string },
): Promise<void> {
  await em.query(
    `INSERT INTO ${service}.event_refused (consumer, event_id, envelope, code, message) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [consumer, id, JSON.stringify(storableJson(envelope)), reason.code, storableText(reason.message)],
  );
}
