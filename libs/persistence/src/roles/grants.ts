import type { ServiceName } from '../database/database-settings';

export type Access = 'write' | 'read';

/** What each service may touch: a schema (`trade`), a table (`research.outbox`), or columns it may only update. Anything else is refused by the database. */
export const GRANTS: Record<ServiceName, { write: string[]; read: string[]; updateColumns?: string[] }> = {
  research: {
    write: [
      'research',
      'market',
      'bullmq',
      'ops.user',
      'ops.api_key',
      'ops.revoked_token',
      'ops.sign_in_code',
      'ops.attempt',
      'ops.idempotency_key',
      'ops.job',
      'ops.schedule',
      'ops.audit',
    ],
    read: ['refdata'],
  },
  trade: {
    write: [
      'bt',
      'trade',
      'refdata',
      'paper',
      'market',
      'bullmq',
      'ops.user',
      'ops.api_key',
      'ops.revoked_token',
      'ops.sign_in_code',
      'ops.attempt',
      'ops.idempotency_key',
      'ops.job',
      'ops.schedule',
      'ops.audit',
    ],
    // the public parts of keys, by which promotions are checked
    read: ['research.outbox', 'research.signing_key'],
  },
  portfolio: {
    write: ['portfolio', 'ops.audit', 'ops.attempt'],
    read: ['research.outbox', 'ops.user', 'ops.api_key', 'ops.revoked_token'],
    updateColumns: ['ops.api_key(last_used_at)'],
  },
};
