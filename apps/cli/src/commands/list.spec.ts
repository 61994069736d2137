import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call } from '../fixtures/in-process';

const made = { id: 'i1', created_at: '2026-11-30T10:00:00.000Z', revision: 2 };
const ANSWERS: Record<string, object[]> = {
  '/api/strategies?limit=50&order=newest': [
    { ...made, name: 'Trend', universe: ['SPX'], timeframe: '1d', status: 'draft' },
    { ...made, name: 'Rotation', universe: ['A', 'B', 'C', 'D'], timeframe: '1d', status: 'validated' },
  ],
  '/api/strategies?limit=2&order=oldest&q=50%25': [],
  '/api/backtests?limit=50&order=newest&q=trend': [
    { ...made, strategy_id: 's1', engine: 'event', status: 'completed', metrics: { total_return: 0.5 } },
    { ...made, strategy_id: 's1', engine: 'event', status: 'pending', metrics: null },
  ],
  '/api/jobs?limit=50': [{ ...made, kind: 'backtest.execute', about: 'Trend', state: 'running' }],
  '/api/auth/users?limit=50': [{ ...made, username: 'ann', role: 'viewer', disabled: true, last_seen_at: null }],
};

describe('assay list', () => {
  let server: Server;
  let url: string;
  const list = async (...args: string[]) => {
    const { code, out, err } = await call('list', ...args, '--url', url);
    return {
      code,
      err,
      rows: out
        .trimEnd()
        .split('\n')
        .slice(2)
        .map((line) => line.split(/ {2,}/)),
    };
  };

  beforeAll(async () => {
    process.env.ASSAY_API_KEY = 'ak_1';
    server = createServer((request, response) => {
      const items = ANSWERS[request.url!];
      response.statusCode = items ? 200 : 404;
      response.end(
        JSON.stringify(items ? { items, next_cursor: items.length > 1 ? 'c' : null } : { detail: request.url }),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    server.close();
  });

  it('shows the newest first, and says where there are more', async () => {
    expect(await list('strategies')).toEqual({
      code: 0,
      err: 'there are more strategies: state --limit or --find\n',
      rows: [
        ['Trend', 'SPX', '1d', 'draft', '2', made.created_at, 'i1'],
        ['Rotation', '4 symbols', '1d', 'validated', '2', made.created_at, 'i1'],
      ],
    });
  });

  it('hands on words, order and limit', async () => {
    const { out } = await call(
      'list',
      'strategies',
      '--find',
      '50%',
      '--oldest',
      '--limit',
      '2',
      '--json',
      '--url',
      url,
    );
    expect(JSON.parse(out)).toEqual({ items: [], next_cursor: null });
    expect((await list('backtests', '--find', 'trend')).rows).toEqual([
      ['s1', '2', 'event', 'completed', '0.5', '-', made.created_at, 'i1'],
      ['s1', '2', 'event', 'pending', '-', '-', made.created_at, 'i1'],
    ]);
  });

  it('says what jobs are about and who there is', async () => {
    expect((await list('jobs')).rows).toEqual([['backtest.execute', 'Trend', 'running', made.created_at, 'i1']]);
    expect((await list('users')).rows).toEqual([['ann', 'viewer', 'yes', '-', made.created_at, 'i1']]);
  });

  it('refuses what would have no effect, and kinds that there are none of', async () => {
    expect((await list('jobs', '--oldest')).err).toContain('--oldest');
    expect((await list('users', '--find', 'ann')).code).toBe(2);
    expect((await list()).err).toMatch(/^KIND is required: one of strategies, .*users\n/);
    expect((await call('list', '--help')).out).toMatch(
      /KIND +of what, users for administrators alone: strategies, .*users \(required\)\n/,
    );
    expect((await list('strategy')).err).toMatch(/^KIND must be one of strategies, .*, was strategy\n/);
  });
});
