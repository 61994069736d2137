import { createTestDatabase, type TestDatabase } from '@assay/testing';
import { Pool } from 'pg';
import type { Query } from '../store';
import { FeedBudget } from './feed-budget';

jest.setTimeout(60_000);

describe('the budget of a host', () => {
  let database: TestDatabase;
  let pool: Pool;
  const waits: number[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('gives its turns one after the other, whoever asks, and none while it rests', async () => {
    const query: Query = async (sql, params) => (await pool.query(sql, params as unknown[])).rows as unknown;
    const workers = Array.from({ length: 4 }, () => new FeedBudget(query, async (ms) => void waits.push(ms)));
    await Promise.all(workers.map((worker) => worker.take('http', 'x.example', 10_000)));
    const sorted = [0, ...waits.sort((a, b) => a - b)];
    expect(sorted).toHaveLength(4);
    sorted.forEach((wait, i) => expect(Math.abs(wait - i * 10_000)).toBeLessThan(2_000));
    await workers[0]!.take('http', 'y.example', 10_000);
    expect(waits).toHaveLength(3);
    await workers[0]!.rest('http', 'x.example', 3_600_000);
    await expect(workers[1]!.take('http', 'x.example', 1)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('x.example must not be asked'),
    });
  });
});
