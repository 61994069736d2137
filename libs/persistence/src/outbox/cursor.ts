import type { EntityManager } from 'typeorm';
import type { ServiceName } from '../database/database-settings';

export interface OutboxRow {
  position: string;
  id: string;
  subject: string;
  /** As it was published; who consumes it reads it. */
  envelope: unknown;
}

/** Locks the consumer's place in a source until the transaction ends, so that several processes of one service read in turn. */
export async function lockCursor(
  em: EntityManager,
  service: ServiceName,
  consumer: string,
  source: string,
): Promise<string> {
  await em.query(`INSERT INTO ${service}.event_cursor (consumer, source) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    consumer,
    source,
  ]);
  const [row] = (await em.query(
    `SELECT position FROM ${service}.event_cursor WHERE consumer = $1 AND source = $2 FOR UPDATE`,
    [consumer, source],
  )) as [{ position: string }];
  return row.position;
}

export async function moveCursor(
  em: EntityManager,
  service: ServiceName,
  consumer: string,
  source: string,
  position: string,
): Promise<void> {
  await em.query(`UPDATE ${service}.event_cursor SET position = $3 WHERE consumer = $1 AND source = $2`, [
    consumer,
    source,
    position,
  ]);
}

/** The envelope of one event as its publisher has written it; undefined for one that it never sent under this subject. */
export async function publishedEnvelope(
  em: EntityManager,
  source: string,
  { id, subject }: Pick<OutboxRow, 'id' | 'subject'>,
): Promise<unknown> {
  const rows = await em.query<{ envelope: unknown }[]>(
    `SELECT envelope FROM ${source}.outbox WHERE id = $1 AND subject = $2`,
    [id, subject],
  );
  return rows[0]?.envelope;
}

/** The next committed rows after `position`, in order; `subjects` undefined means all. */
export async function readOutbox(
  em: EntityManager,
  source: string,
  position: string,
  limit: number,
  subjects?: string[],
): Promise<OutboxRow[]> {
  return (await em.query(
    `SELECT position, id, subject, envelope FROM ${source}.outbox
     WHERE position > $1 AND ($3::text[] IS NULL OR subject = ANY($3)) ORDER BY position LIMIT $2`,
    [position, limit, subjects ?? null],
  )) as OutboxRow[];
}
