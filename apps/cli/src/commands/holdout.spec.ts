import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call } from '../fixtures/in-process';

const LOCKED = { symbols: ['SPX'], from: '2024-01-01T00:00:00.000Z', state: 'locked', look: null, result: null };
const FOUND = { from: '2024-01-02T00:00:00.000Z', to: '2024-12-31T00:00:00.000Z', bars: 250, sharpe: 0.5 };
const LOOKED = {
  ...{ ...LOCKED, state: 'looked', look: { revision: 3 } },
  result: { ...FOUND, metrics: { total_return: 0.1 }, buy_hold_metrics: { total_return: 0.2 } },
};

describe('holdout', () => {
  let server: Server;
  let at: string[];
  let job: Record<string, unknown>;
  const asked: string[] = [];

  beforeAll(async () => {
    process.env.ASSAY_API_KEY = 'ak_1';
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        asked.push(`${request.method} ${request.url} ${body}`);
        const answer = request.url!.includes('/jobs/')
          ? job
          : request.method === 'GET'
            ? { items: [LOOKED] }
            : request.url!.endsWith('/look')
              ? { job_id: 'j1' }
              : LOCKED;
        response.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    at = ['--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    server.close();
  });

  it('locks from a day on, and shows what is locked and what was found', async () => {
    const locked = await call('holdout', 'lock', 's1', '--from', '2024-01-01', '--reason', 'final test', ...at);
    expect([locked.code, locked.out]).toEqual([
      0,
      expect.stringContaining('bars of SPX from 2024-01-01 on are locked'),
    ]);
    expect(asked).toEqual(['POST /api/strategies/s1/holdout {"from":"2024-01-01","reason":"final test"}']);
    expect((await call('holdout', 'lock', 's1', ...at)).err).toContain('--from is required');
    expect((await call('holdout', 'show', 's1', ...at)).out).toMatch(
      /2024-01-01 +SPX +looked +3 +250 +0\.5 +0\.1 +0\.2/,
    );
  });

  it('looks once and waits for what is recorded', async () => {
    job = { state: 'completed', result: FOUND, error: null };
    const looked = await call('holdout', 'look', 's1', '--revision', '3', ...at);
    expect([looked.code, looked.out]).toEqual([
      0,
      expect.stringContaining('250 bars from 2024-01-02 to 2024-12-31: Sharpe ratio 0.5'),
    ]);
    expect(asked[0]).toBe('POST /api/strategies/s1/holdout/look {"revision":3}');
    job = { state: 'failed', result: null, error: { detail: 'bars changed' } };
    const failed = await call('holdout', 'look', 's1', ...at);
    expect([failed.code, failed.err]).toEqual([
      1,
      expect.stringContaining('the look failed: bars changed; nothing was recorded'),
    ]);
  });
});
