import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call } from '../fixtures/in-process';

const ID = '01890000-0000-7000-8000-000000000001';
const LEDGER = {
  ...{ trials: 5, declared_outside: 40, counted: 45, owner_trials_on_this_data: 7, scope: 'What it counts.' },
  strategies: [{ id: ID, name: 'Trend' }],
  timeline: [{ day: '2024-01-02', trials: 5, total: 5 }],
  declarations: [{ trials: 40, reason: 'a spreadsheet', created_at: '2024-01-03T00:00:00.000Z' }],
};
const EFFECTIVE = { range: [42.5, 44], reason: null };

describe('trials', () => {
  let server: Server;
  let at: string[];
  const asked: string[] = [];
  const sent: unknown[] = [];

  beforeAll(async () => {
    process.env.ASSAY_API_KEY = 'ak_1';
    server = createServer((request, response) => {
      asked.push(`${request.method} ${decodeURIComponent(request.url!)}`);
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        if (body !== '') sent.push(JSON.parse(body));
        const { pathname } = new URL(request.url!, 'http://x');
        const trial = { origin: 'sweep', symbol: 'SPX', timeframe: '1d', observations: 9, params: { window: 20 } };
        const items = [{ ...trial, sharpe_per_bar: 0.05, id: 'trial-1', created_at: '2024-01-02T00:00:00.000Z' }];
        if (pathname.endsWith('/export')) return void response.end('id\n1\n');
        if (pathname.endsWith('/experiments')) return void response.end(JSON.stringify({ items, next_cursor: 'x' }));
        response.end(JSON.stringify(pathname.endsWith('/effective') ? EFFECTIVE : LEDGER));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    at = ['--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
  });
  beforeEach(() => (asked.length = sent.length = 0));
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    server.close();
  });

  it('show what counts, day by day, and the range with its picture', async () => {
    const { code, out } = await call('trials', 'show', ID, ...at);
    expect(code).toBe(0);
    expect(out).toContain('45 trials count: 5 made here, 40 declared as made elsewhere');
    expect(out).toMatch(/effective number of trials: 42\.5 to 44 of 45\n1 \[\.+#+\.*\] 45/);
    expect(out).toContain('a spreadsheet');
    expect(out).toContain('What it counts.');
    expect(JSON.parse((await call('trials', 'show', ID, '--json', ...at)).out)).toEqual({
      ...LEDGER,
      effective: EFFECTIVE,
    });
  });

  it('are listed and exported by filter and order', async () => {
    const filters = ['--origin', 'sweep', '--symbol', 'SPX', '--job', 'j1', '--since', '2024-01-01', '--order', 'best'];
    const listed = await call('trials', 'list', ID, ...filters, '--limit', '5', ...at);
    expect(listed.out).toMatch(/sweep +SPX +1d +9 +0\.05 +\{"window":20\} +trial-1/);
    expect(listed.err).toContain('there are more trials');
    const exported = await call('trials', 'export', ID, '--to', '-', ...filters, ...at);
    expect(exported.out).toBe('id\n1\n');
    const query = `strategy_id=${ID}&origin=sweep&symbol=SPX&since=2024-01-01&order=best&job_id=j1`;
    expect(asked).toEqual([`GET /api/experiments?limit=5&${query}`, `GET /api/experiments/export?format=csv&${query}`]);
  });

  it('are declared with a number and a reason', async () => {
    const { code, out } = await call('trials', 'declare', ID, '--trials', '40', '--reason', 'a spreadsheet', ...at);
    expect([code, out]).toEqual([0, expect.stringContaining('the next validation counts 45')]);
    expect(sent).toEqual([{ strategy_id: ID, trials: 40, reason: 'a spreadsheet' }]);
    expect((await call('trials', 'declare', ID, '--trials', '0', '--reason', 'x', ...at)).code).toBe(2);
    expect((await call('trials', 'declare', ID, '--trials', '3', ...at)).err).toContain('--reason is required');
    expect(asked).toHaveLength(1);
  });
});
