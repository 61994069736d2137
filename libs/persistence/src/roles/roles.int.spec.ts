import { createTestDatabase, stacks } from '@assay/testing';
import type { TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import type { ServiceName } from '../database/database-settings';
import { roleName, roleOptions } from '../database/service-role';

const user = '00000000-0000-7000-8000-000000000001';

for (const stack of stacks()) {
  const skipped = stack.skipped ?? (stack.rolesSkipped ? 'the user may not create roles' : undefined);
  (skipped ? describe.skip : describe)(`roles on the ${stack.label}${skipped ? `: skipped, ${skipped}` : ''}`, () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(stack);
    });

    afterAll(async () => {
      await database?.drop();
    });

    const as = async (service: ServiceName, sql: string): Promise<string> => {
      const options = roleOptions(roleName(database.rolePrefix, service));
      const client = new Client({ connectionString: database.url, options });
      await client.connect();
      try {
        await client.query('BEGIN');
        await client.query(sql);
        return 'allowed';
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        if (code !== '42501') throw new Error(`${sql}: ${message}`);
        return 'refused';
      } finally {
        await client.end();
      }
    };

    it.each<[ServiceName, string]>([
      ['research', `INSERT INTO research.outbox_sequence VALUES ('a', 1)`],
      ['research', 'SELECT * FROM refdata.ticker_mapping'],
      ['research', `UPDATE ops.job SET message = 'x'`],
      ['research', 'SELECT * FROM bullmq.job'],
      ['trade', `INSERT INTO trade.outbox_sequence VALUES ('a', 1)`],
      ['trade', 'SELECT envelope FROM research.outbox'],
      ['trade', 'SELECT public_key FROM research.signing_key'],
      ['trade', 'DELETE FROM paper.fill'],
      ['trade', 'SELECT * FROM market.bar'],
      ['trade', `SELECT market.is_named_quality('${user}')`],
      ['portfolio', 'DELETE FROM portfolio.member'],
      ['portfolio', 'SELECT envelope FROM research.outbox'],
      ['portfolio', 'UPDATE ops.api_key SET last_used_at = now()'],
      ['portfolio', 'SELECT * FROM ops.revoked_token'],
    ])('allow %s: %s', async (service, sql) => {
      expect(await as(service, sql)).toBe('allowed');
    });

    it.each<[ServiceName, string]>([
      ['trade', 'DELETE FROM research.outbox'],
      ['trade', 'SELECT * FROM research.strategy'],
      ['trade', 'SELECT facts FROM research.evidence'],
      ['trade', 'SELECT sealed FROM research.signing_secret'],
      ['trade', `UPDATE research.signing_key SET public_key = 'x'`],
      ['trade', `UPDATE research.strategy SET name = 'x'`],
      ['trade', `INSERT INTO research.outbox_sequence VALUES ('a', 1)`],
      ['research', 'SELECT * FROM trade.deployment'],
      ['research', 'SELECT * FROM bt.strategy'],
      ['research', 'DELETE FROM paper.account'],
      ['research', 'DELETE FROM refdata.ticker_mapping'],
      ['portfolio', 'SELECT * FROM research.strategy'],
      ['portfolio', `UPDATE ops.api_key SET scopes = '{admin}'`],
      ['portfolio', `INSERT INTO ops."user" (id, username, role) VALUES ('${user}', 'x', 'admin')`],
      ['portfolio', 'SELECT * FROM ops.job'],
      ['portfolio', `SELECT market.is_named_quality('${user}')`],
      ['research', 'DELETE FROM ops.migration'],
      ['research', 'CREATE TABLE research.extra (id int)'],
    ])('refuse %s: %s', async (service, sql) => {
      expect(await as(service, sql)).toBe('refused');
    });
  });
}
