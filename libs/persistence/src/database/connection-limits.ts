import { DAY_MS } from '@assay/primitives';
import { ConfigurationError } from './configuration-error';

/** What kind of process it is: a request waits for an answer, a worker has time. */
export type ProcessKind = 'http' | 'worker';

/** How long anything may hold or wait for a connection, in milliseconds; 0 is without a limit. */
export interface ConnectionLimits {
  /** For a connection of the pool. */
  poolWaitMs: number;
  statementMs: number;
  lockMs: number;
  /** Between two statements of a transaction. */
  idleInTransactionMs: number;
}

const DEFAULTS: Record<ProcessKind, ConnectionLimits> = {
  http: { poolWaitMs: 5_000, statementMs: 15_000, lockMs: 5_000, idleInTransactionMs: 15_000 },
  worker: { poolWaitMs: 30_000, statementMs: 600_000, lockMs: 30_000, idleInTransactionMs: 120_000 },
};

const VARIABLES: Record<keyof ConnectionLimits, string> = {
  poolWaitMs: 'POOL_WAIT_MS',
  statementMs: 'STATEMENT_TIMEOUT_MS',
  lockMs: 'LOCK_TIMEOUT_MS',
  idleInTransactionMs: 'IDLE_IN_TRANSACTION_TIMEOUT_MS',
};
const PREFIXES: Record<ProcessKind, string> = { http: 'DB_', worker: 'DB_WORKER_' };
const MOST_MS = DAY_MS;

/**
 * Reads DB_POOL_WAIT_MS, DB_STATEMENT_TIMEOUT_MS, DB_LOCK_TIMEOUT_MS and DB_IDLE_IN_TRANSACTION_TIMEOUT_MS, for workers those that
 * begin with DB_WORKER_.
 *
 * @throws Error that names the variable, the rule and the value
 */
export function connectionLimits(kind: ProcessKind, env: NodeJS.ProcessEnv = process.env): ConnectionLimits {
  const limits = { ...DEFAULTS[kind] };
  for (const key of Object.keys(VARIABLES) as (keyof ConnectionLimits)[]) {
    const name = PREFIXES[kind] + VARIABLES[key];
    const text = env[name];
    if (text === undefined || text === '') continue;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value > MOST_MS) {
      throw new ConfigurationError(`${name} must be an integer from 0 (no limit) to ${MOST_MS}, was ${text}`);
    }
    limits[key] = value;
  }
  return limits;
}

/** Start options of a session that the server itself then ends statements and transactions by. */
export const limitOptions = ({ statementMs, lockMs, idleInTransactionMs }: ConnectionLimits): string =>
  `-c statement_timeout=${statementMs} -c lock_timeout=${lockMs} -c idle_in_transaction_session_timeout=${idleInTransactionMs}`;
