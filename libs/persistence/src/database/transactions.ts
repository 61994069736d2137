import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';

const RETRYABLE = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 5;

const sqlState = (error: unknown): string | undefined => {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code;
};

export interface TransactionOptions {
  /** For statements that are known to take long, in place of the session's limit. */
  statementMs?: number;
}

/**
 * Business transactions. Inside the body its manager is the only way to the database: asking for another connection throws a
 * `SecondConnectionError`. A serialisation failure or deadlock repeats the whole body, so the body must have no effect outside the database.
 */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  async run<T>(body: (em: EntityManager) => Promise<T>, { statementMs }: TransactionOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(async (em) => {
          if (statementMs !== undefined) await em.query(`SET LOCAL statement_timeout = ${Math.trunc(statementMs)}`);
          return body(em);
        });
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
        await sleep(attempt * 10);
      }
    }
  }
}
