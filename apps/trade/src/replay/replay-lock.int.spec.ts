import type { JobContext } from '@assay/platform';
import * as testing from '@assay/testing';
import { SymbolLock } from '../database/symbol-lock';
import { gate } from '../../test/broken-venues';
import { priceStrategy } from '../../test/documents';
import { loseLocks } from '../../test/lose-locks';
import { workerProvider } from '../../test/worker-provider';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';
import { RunService } from '../runs/run.service';
import { ReplayJob } from './replay.job';

jest.setTimeout(120_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

describe('a replay whose worker has lost its lock', () => {
  const dates = sessionsBefore('US', '2024-06-01', 10);
  let trade: TradeStack;
  let id: string;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    await storeBars(trade.sql, { symbol: 'LOST', dates, closes: dates.map((_, i) => 100 + (i % 3)) });
    const strategy = await trade.call('POST', '/strategies', priceStrategy('LOST'));
    const { body } = await trade.call('POST', '/deployments', {
      strategy_id: strategy.body.strategy_id,
      broker: 'PAPER',
      ticker: 'LOST',
      qty: '1',
      market: 'US',
      replay: { start: dates[4], end: dates.at(-1) },
    });
    id = body.deployment_id;
  });
  afterAll(() => trade?.close());

  const replay = (): Promise<object> => {
    const { signal } = new AbortController();
    const context = { payload: { deployment_id: id }, signal, progress: () => Promise.resolve() };
    return workerProvider(trade.http, ReplayJob).run(context as unknown as JobContext<{ deployment_id: string }>);
  };
  const state = async () =>
    (await trade.sql.query('SELECT state, sessions_done FROM trade.replay WHERE deployment_id = $1', [id])).rows[0];

  it('ends with the session at hand, and the next worker goes on from there', async () => {
    const service = trade.http.get(RunService);
    const run = service.run.bind(service);
    const second = gate();
    let calls = 0;
    jest.spyOn(service, 'run').mockImplementation(async (request) => {
      calls += 1;
      if (calls === 2) await second.pass();
      return run(request);
    });
    const lock = trade.http.get(SymbolLock);
    const tryHold = lock.tryHold.bind(lock);
    let body: Promise<unknown> = Promise.resolve();
    jest
      .spyOn(lock, 'tryHold')
      .mockImplementationOnce((name, work) => tryHold(name, (held) => (body = work(held)) as ReturnType<typeof work>));
    const replaying = replay().catch((error: Error) => error.name);
    await second.reached;
    expect(await loseLocks(trade.sql)).toBe(1);
    expect(await replaying).toBe('LockLostError');
    second.open();
    await expect(body).rejects.toThrow('was lost with its database connection');
    expect([calls, await state()]).toEqual([2, { state: 'running', sessions_done: 2 }]);
    expect(await replay()).toMatchObject({ state: 'completed' });
    expect([calls, await state()]).toEqual([6, { state: 'completed', sessions_done: 6 }]);
  });
});
