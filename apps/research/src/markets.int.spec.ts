import { MARKETS, type MarketCode } from '@assay/contracts';
import { calendarFor } from '@assay/market-data';
import { createRng } from '@assay/quant';
import { backtest, RULE_IDENTITY, AVERAGE_RULES } from '../test/research-harness';
import { useResearch } from '../test/use-research';

const HOURLY_SESSIONS = 30;
const DAILY_SESSIONS = 260;

/** Made-up bars at the given open times, which are dates or instants. */
function csvAt(times: readonly string[], seed: number): string {
  const rng = createRng(seed);
  let close = 100;
  const rows = times.map((time) => {
    const open = close * (1 + 0.001 * rng.normal());
    close = open * (1 + 0.004 * rng.normal());
    return [time, open, Math.max(open, close) * 1.001, Math.min(open, close) * 0.999, close, 1000].join(',');
  });
  return `date,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

/** Sessions from early December on, so that half days, year ends and closed days are among them. */
const sessionsOf = (market: MarketCode, count: number): string[] =>
  calendarFor(market).sessions('2022-12-05', '2024-12-31').slice(0, count);

describe('research on each market', () => {
  const research = useResearch();

  async function strategyOn(symbol: string, timeframe: string): Promise<string> {
    const { api } = research;
    const name = `sma_5_${symbol.toLowerCase()}`;
    const feature = await api.ok('POST', '/features', { name, plugin: 'sma', params: { window: 5 } });
    const rule_tree = AVERAGE_RULES(name);
    const signal = await api.ok('POST', '/signals', { name, rule_tree, position_mode: 'long_only' });
    const recipe = { name: symbol, universe: [symbol], source: 'test', timeframe, pipeline_config: {} };
    const { id } = await api.ok('POST', '/strategies', recipe);
    const parts = { feature_ids: [feature.id], model_id: RULE_IDENTITY, signal_logic_id: signal.id };
    await api.ok('PATCH', `/strategies/${id}`, { version: 1, ...parts });
    return id;
  }

  it.each(MARKETS)('%s: daily and hourly bars are imported, judged and backtested by its calendar', async (market) => {
    const { api } = research;
    const calendar = calendarFor(market);
    const days = sessionsOf(market, DAILY_SESSIONS);
    const hours = days
      .slice(0, HOURLY_SESSIONS)
      .flatMap((date) => calendar.barOpens(date, '1h'))
      .map((ms) => new Date(ms).toISOString());
    for (const [timeframe, times] of [['1d', days] as const, ['1h', hours] as const]) {
      const symbol = `${market}${timeframe}`.toUpperCase();
      const imported = await api.ok('POST', '/data/import', {
        ...{ source: 'test', symbol, timeframe, market, synthetic: true },
        content: csvAt(times, 7),
      });
      expect(imported).toMatchObject({ bars: times.length, repairs: [], warnings: [] });
      const quality = await api.ok('GET', `/data/quality?symbol=${symbol}&timeframe=${timeframe}`);
      expect(quality.errors).toEqual([]);
      const found = quality.warnings.map(({ code }: { code: string }) => code);
      expect(found.filter((code: string) => /session|missing|covered/.test(code))).toEqual([]);
      const run = await backtest(api, await strategyOn(symbol, timeframe));
      expect([run.status, run.periods_per_year, run.warnings]).toEqual([
        'completed',
        calendar.barsPerYear(timeframe),
        [],
      ]);
    }
  });

  it.each<[MarketCode, string]>([
    ['GB', '2022-12-27'],
    ['DE', '2022-12-26'],
    ['EU', '2022-12-26'],
    ['JP', '2023-01-02'],
    ['CME', '2022-12-26'],
    ['FX', '2022-12-24'],
  ])('%s: a daily bar on %s, when it rests, is refused by date', async (market, date) => {
    const days = [...sessionsOf(market, 40), date].sort();
    const answer = await research.api.send('POST', '/data/import', {
      ...{ source: 'test', symbol: 'REST', timeframe: '1d', market, synthetic: true },
      content: csvAt(days, 7),
    });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body.errors)).toContain(`${date} (`);
  });
});
