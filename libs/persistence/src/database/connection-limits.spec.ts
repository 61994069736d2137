import { connectionLimits, limitOptions } from './connection-limits';

describe('connection limits', () => {
  it('give a worker more time than a request', () => {
    const [http, worker] = [connectionLimits('http', {}), connectionLimits('worker', {})];
    for (const key of ['poolWaitMs', 'statementMs', 'lockMs', 'idleInTransactionMs'] as const) {
      expect(http[key]).toBeGreaterThan(0);
      expect(worker[key]).toBeGreaterThan(http[key]);
    }
  });

  it('are read per kind of process', () => {
    const env = { DB_STATEMENT_TIMEOUT_MS: '7', DB_WORKER_STATEMENT_TIMEOUT_MS: '0' };
    expect(connectionLimits('http', env).statementMs).toBe(7);
    expect(connectionLimits('worker', env).statementMs).toBe(0);
    expect(limitOptions(connectionLimits('http', env))).toContain('-c statement_timeout=7 ');
  });

  it('refuse what is no number of milliseconds, with its name', () => {
    expect(() => connectionLimits('http', { DB_LOCK_TIMEOUT_MS: '5s' })).toThrow(
      'DB_LOCK_TIMEOUT_MS must be an integer from 0 (no limit) to 86400000, was 5s',
    );
  });
});
