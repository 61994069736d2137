import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from '@assay/primitives';
import { startBybitSimulator, type BybitCandle, type BybitSimulator } from '@assay/simulators';
import type { CcxtImport } from './fetch-closed-bars';

// ccxt's CommonJS build requires ES modules, which Node does and Jest's loader does not, so the calls run in a child process
const SCRIPT = `
  const { fetchClosedBars } = require(process.argv[1]);
  process.on('message', async (request) => {
    const pauses = [];
    const progress = [];
    const hooks = { pause: async (ms) => void pauses.push(ms), onProgress: (fraction) => void progress.push(fraction) };
    try {
      const { openTimeMs, close, volume } = await fetchClosedBars({ ...request, ...hooks });
      process.send({ openTimeMs: [...openTimeMs], close: [...close], volume: [...volume], pauses, progress });
    } catch (error) {
      process.send({ error: { message: error.message, code: error.code, errors: error.errors }, pauses });
    }
  });`;
const BUILT = join(__dirname, '../../../../../dist/libs/market-data/src/feeds/index.js');

interface Outcome {
  openTimeMs: number[];
  close: number[];
  volume: number[];
  pauses: number[];
  progress: number[];
  error?: { message: string; code?: string; errors?: { field: string }[] };
}

const START = Date.UTC(2024, 0, 1);
const COUNT = 2300;
const NOW = START + COUNT * DAY_MS + DAY_MS / 2;

/** One candle more than are closed: the last is in progress at NOW. */
const daily = Array.from({ length: COUNT + 1 }, (_, i): BybitCandle => {
  const price = 100 + i;
  return {
    startMs: START + i * DAY_MS,
    open: `${price}.5`,
    high: `${price + 2}`,
    low: `${price - 1}`,
    close: `${price}.25`,
    volume: `${i}.125`,
  };
});
const hourly = daily
  .slice(1)
  .map((candle, i) => ({ ...candle, startMs: NOW - DAY_MS / 2 - (COUNT - 12 - i) * HOUR_MS }));
const closedHourly = hourly.filter(({ startMs }) => startMs + HOUR_MS <= NOW);
const instrument = {
  symbol: 'BTCUSDT',
  baseCoin: 'BTC',
  quoteCoin: 'USDT',
  tickSize: '0.01',
  lotSize: '0.000001',
  minOrderQty: '0.00004',
  minNotional: '5',
};

describe('closed bars through ccxt from a venue that speaks Bybit', () => {
  let venue: BybitSimulator;
  let child: ChildProcess;
  const ask = (more: Partial<CcxtImport> = {}): Promise<Outcome> => {
    const answer = new Promise<Outcome>((resolve, reject) => {
      child.once('message', (outcome) => resolve(outcome as Outcome));
      child.once('exit', (code) => reject(new Error(`the child process ended with ${code}`)));
    });
    const all = {
      exchange: 'bybit',
      baseUrl: venue.url,
      symbol: 'BTC/USDT',
      timeframe: '1d',
      fromMs: START,
      nowMs: NOW,
    };
    child.send({ ...all, ...more });
    return answer;
  };

  beforeAll(async () => {
    child = spawn(process.execPath, ['-e', SCRIPT, BUILT], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    venue = await startBybitSimulator({
      instruments: [
        { ...instrument, category: 'spot' },
        { ...instrument, category: 'linear' },
      ],
      series: [
        { category: 'spot', symbol: 'BTCUSDT', interval: 'D', candles: daily },
        { category: 'linear', symbol: 'BTCUSDT', interval: '60', candles: hourly },
      ],
      nowMs: () => NOW,
    });
  });
  beforeEach(() => {
    venue.requests.length = 0;
  });
  afterAll(async () => {
    child.kill();
    await venue.close();
  });

  it('pages through the history without gap or duplicate and leaves out the bar in progress', async () => {
    const bars = await ask();
    expect(bars.openTimeMs).toEqual(daily.slice(0, COUNT).map(({ startMs }) => startMs));
    expect(bars.close[COUNT - 1]).toBe(100 + COUNT - 1 + 0.25);
    expect(bars.volume[1]).toBe(1.125);
    expect(venue.requests.filter((path) => path.startsWith('/v5/market/kline'))).toHaveLength(3);
    expect(bars.progress.at(-1)).toBe(1);
  });

  it('reads the hourly bars of a linear swap', async () => {
    const bars = await ask({ symbol: 'BTC/USDT:USDT', timeframe: '1h', fromMs: hourly[10].startMs + 1, pageSize: 500 });
    expect(bars.openTimeMs).toEqual(closedHourly.slice(11).map(({ startMs }) => startMs));
  });

  it('stops before the end it is given', async () => {
    const bars = await ask({ fromMs: START + 5 * DAY_MS, toMs: START + 8 * DAY_MS });
    expect(bars.openTimeMs).toEqual([5, 6, 7].map((i) => START + i * DAY_MS));
  });

  it('waits longer after each refusal for speed and then goes on', async () => {
    venue.fail({ path: '/v5/market/kline', times: 2, retCode: 10006, retMsg: 'Too many visits!' });
    const bars = await ask({ toMs: START + 3 * DAY_MS });
    expect(bars.openTimeMs).toHaveLength(3);
    expect(bars.pauses).toEqual([500, 1000]);
  });

  it('gives up as unavailable after five attempts', async () => {
    venue.fail({ path: '/v5/market/kline', times: 5, httpStatus: 503 });
    const { error, pauses } = await ask();
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(pauses).toHaveLength(4);
  });

  it.each([
    [{ exchange: 'nowhere' }, { field: 'exchange', value: 'nowhere' }],
    [{ symbol: 'DOGE/USDT' }, { field: 'symbol', value: 'DOGE/USDT' }],
    [{ fromMs: NOW }, { field: 'start', rule: 'before_end' }],
  ])('names what is wrong with %j', async (more, problem) => {
    const { error } = await ask(more);
    expect(error).toMatchObject({ code: 'validation_failed', errors: [problem] });
  });
});
