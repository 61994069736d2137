import { isDeepStrictEqual } from 'node:util';
import { EVENT_SUBJECTS, eventDocument, jobDocuments, type EventType, type JobKind } from '@assay/contracts';
import { Client } from 'pg';

interface Written {
  what: string;
  value: unknown;
  parse(value: unknown): unknown;
}

/** Why the reader of a written document gives something else than was written; nothing where it does not. */
function fault({ what, value, parse }: Written): string[] {
  try {
    return isDeepStrictEqual(parse(value), value) ? [] : [`${what} is read as something else`];
  } catch (error) {
    return [`${what}: ${(error as Error).message}`];
  }
}

/** The events, job payloads and job results in a database which their readers do not read as they were written, with the reason. */
export async function unreadDocuments(databaseUrl: string): Promise<{ read: Set<string>; faults: string[] }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const rows = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows as T[];
    const events = await rows<{ type: EventType; envelope: unknown }>(
      'SELECT type, envelope FROM research.outbox UNION ALL SELECT type, envelope FROM trade.outbox',
    );
    const jobs = await rows<{ kind: JobKind; payload: unknown; result: unknown; state: string }>(
      'SELECT kind, payload, result, state FROM ops.job',
    );
    const written = [
      ...events.map(({ type, envelope }): Written => {
        const document = eventDocument(EVENT_SUBJECTS[type]);
        return { what: `event ${type}`, value: envelope, parse: (value) => document.parse(value) };
      }),
      ...jobs.flatMap(({ kind, state, ...parts }): Written[] => {
        const { payload, result } = jobDocuments(kind);
        const given = { what: `payload of ${kind}`, value: parts.payload, parse: (v: unknown) => payload.parse(v) };
        const left = { what: `result of ${kind}`, value: parts.result, parse: (v: unknown) => result.parse(v) };
        return state === 'completed' ? [given, left] : [given];
      }),
    ];
    return { read: new Set(written.map(({ what }) => what)), faults: written.flatMap(fault) };
  } finally {
    await client.end();
  }
}
