import type { ChromiumStack } from '../../screenshots/stack';

export const STRATEGIES = 200;
export const DEPLOYMENTS = 50;
export const CHART_BARS = 100_000;
/** The series of `CHART_BARS`. */
export const CHART_SERIES = { symbol: 'LONG', source: 'made-up', timeframe: '1m' } as const;

const SYMBOLS = 10;
const DAYS = 60;
const MINUTE_MS = 60_000;

/** Bars that go up and down, as CSV. */
function csv(times: readonly string[], phase: number): string {
  const lines = times.map((time, index) => {
    const close = 100 + 20 * Math.sin(index / 50 + phase) + 3 * Math.sin(index / 3);
    return [time, close, close + 1, close - 1, close, 1000 + (index % 700)]
      .map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell))
      .join(',');
  });
  return `date,open,high,low,close,volume\n${lines.join('\n')}\n`;
}

const day = (back: number): string =>
  new Date(Date.now() - (back + 1) * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);

async function importBars(stack: ChromiumStack, series: Record<string, string>, text: string): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ market: 'CRYPTO', synthetic: 'true', ...series })) body.set(name, value);
  body.set('file', new Blob([text], { type: 'text/csv' }), 'bars.csv');
  await stack.api('POST', '/api/data/import', body);
}

/** What a fund keeps: strategies of research, deployments on a paper account, and one long series. All of it through the APIs. */
export async function seed(stack: ChromiumStack): Promise<void> {
  const days = Array.from({ length: DAYS }, (_, index) => day(DAYS - index));
  const symbols = Array.from({ length: SYMBOLS }, (_, index) => `SYM${index}`);
  for (const [index, symbol] of symbols.entries()) {
    await importBars(stack, { symbol, source: 'made-up', timeframe: '1d' }, csv(days, index));
  }
  for (let index = 0; index < STRATEGIES; index++) {
    await stack.api('POST', '/api/strategies', {
      name: `Idea ${index}`,
      universe: [symbols[index % SYMBOLS]],
      source: 'made-up',
      timeframe: '1d',
      pipeline_config: { costs: { fee_bps: 5 } },
    });
  }
  const account = await stack.api('POST', '/api/v1/accounts', { broker: 'PAPER' });
  for (let index = 0; index < DEPLOYMENTS; index++) {
    const ticker = symbols[index % SYMBOLS]!;
    const substrategy = { indicator: 'get_sma', signal_func: 'momentum_band_signal_long_only', window: 2 + index };
    const strategy = await stack.api('POST', '/api/v1/strategies', {
      name: `Rule ${index} of ${ticker}`,
      ticker,
      conjunction: 'AND',
      trading_period: 365,
      substrategies: [{ id: 1, ...substrategy, signal: 0.0001, data_column: 'v' }],
    });
    await stack.api('POST', '/api/v1/deployments', {
      strategy_id: strategy.strategy_id,
      account_id: account.account_id,
      broker: 'PAPER',
      ticker,
      qty: 1,
      market: 'CRYPTO',
      schedule: 'manual',
    });
  }
  const start = Date.UTC(2024, 0, 1);
  const minutes = Array.from({ length: CHART_BARS }, (_, index) => new Date(start + index * MINUTE_MS).toISOString());
  await importBars(stack, CHART_SERIES, csv(minutes, 0));
}
