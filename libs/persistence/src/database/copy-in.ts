import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';

interface PgClient {
  query(stream: CopyStreamQuery): CopyStreamQuery;
}

/** Sends rows by `COPY ... FROM STDIN` inside the transaction of `em`; chunks are made as the server takes them. */
export async function copyIn(em: EntityManager, sql: string, chunks: Iterable<Buffer>): Promise<void> {
  const { queryRunner } = em;
  if (!queryRunner)
    throw new Error('rows are copied inside a transaction only: it is what takes them back after a fault');
  const client = (await queryRunner.connect()) as PgClient;
  await pipeline(Readable.from(chunks), client.query(copyFrom(sql)));
}
