import { calendarFor } from '@assay/market-data/calendars';
import { refreshDeps, refreshSeries, SubscriptionStore, type RefreshDeps } from '@assay/market-data/feeds';
import { qualityReport } from '@assay/market-data/quality';
import { Pool } from 'pg';

/** What a test tells it: the time, at which everything that is due is refreshed. */
interface Tick {
  nowMs: number;
}

/** How long a killed worker keeps others waiting. */
const CLAIM_MS = 1000;

let nowMs = 0;
const clock = { nowMs: () => nowMs };
const pool = new Pool({ connectionString: process.env.DB_URL, max: 4 });
const query: RefreshDeps['query'] = async (sql, params) => (await pool.query(sql, params as unknown[])).rows as unknown;
const deps = refreshDeps({
  config: {
    folder: '/nowhere',
    privateHosts: ['127.0.0.1'],
    ccxtUrls: { bybit: process.env.BYBIT_URL! },
    alpacaUrl: 'http://127.0.0.1',
    keys: {},
  },
  clock,
  query,
  claimMs: CLAIM_MS,
  chunkBars: 50,
  unseal: () => null,
  judge: async (bars, market, noticed) => qualityReport(bars, calendarFor(market), noticed),
  transaction: async (body) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await body(async (sql, params) => (await client.query(sql, params as unknown[])).rows as unknown);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  },
});

/** What the research worker does with feeds, in the time that a test tells. */
async function tick(): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const id of await new SubscriptionStore(query).due(nowMs, 100)) {
    const { outcome, error } = await refreshSeries(deps, id);
    outcomes[id] = error === null ? outcome : `${outcome}: ${error}`;
  }
  return outcomes;
}

process.on('message', (message: Tick) => {
  nowMs = message.nowMs;
  void tick().then((outcomes) => process.send!({ type: 'refreshed', outcomes }));
});
process.on('disconnect', () => process.exit());
process.send!({ type: 'ready' });
