import { syntheticUniverse } from '@assay/simulators';
import type { Demo, UniverseProof } from './context';
import { must, say } from './phases';
import { largestDifference } from './largest-difference';
import { table } from './table';

const SYMBOLS = 12;
const BARS = 900;
const SEED = 1;
const SOURCE = 'synthetic';

interface Contribution {
  symbol: string;
  contribution: number;
  trades: number;
  bars_missing: number;
}

/** A rotation of made-up symbols out of one capital: the three with the best quarter, made anew each month. */
const documentOf = (strategyId: string, symbols: { symbol: string; sector: string }[]): Record<string, unknown> => ({
  ...{
    kind: 'universe',
    strategy_id: strategyId,
    name: 'Rotation of 12',
    version: 1,
    trading_period: 252,
    market: 'US',
  },
  universe: symbols.map(({ symbol, sector }) => ({ symbol, group: sector })),
  features: [{ name: 'momentum_63', plugin: 'momentum', plugin_version: '1', params: { window: 63 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'momentum_63', select: { kind: 'top', k: 3 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
});

/** Imports bars and document, runs both engines, and lets the gates judge; their audit streams the bars one by one. */
export async function rotate({ research, newId }: Demo, facts: Record<string, unknown>): Promise<UniverseProof> {
  const made = syntheticUniverse({ seed: SEED, symbols: SYMBOLS, bars: BARS });
  for (const { symbol, content } of made) {
    const file = { symbol, content, source: SOURCE, timeframe: '1d', market: 'US', format: 'csv', adjust: 'none' };
    await research.post('/data/import', { ...file, synthetic: true });
  }
  const id = newId();
  await research.post('/strategies/import', { source: SOURCE, ...documentOf(id, made) });
  const run = async (engine: string): Promise<{ id: string; metrics: Record<string, number | null> }> => {
    const { id: backtest } = await research.post<{ id: string }>('/backtests', { strategy_id: id, engine });
    await research.job(`/backtests/${backtest}/execute`);
    return research.get(`/backtests/${backtest}`);
  };
  const [vectorized, event] = [await run('vectorized'), await run('event')];
  const apart = largestDifference(vectorized.metrics, event.metrics);
  must(apart <= 1e-9, `the engines differ by ${apart}`);
  const { items, absences } = await research.get<{ items: Contribution[]; absences: unknown[] }>(
    `/backtests/${vectorized.id}/contributions`,
  );
  const total = items.reduce((sum, { contribution }) => sum + contribution, 0);
  must(Math.abs(total - vectorized.metrics.total_return!) <= 1e-9, 'contributions must add up to the total return');
  const best = [...items].sort((a, b) => b.contribution - a.contribution);
  say(
    ...table(
      ['symbol', 'contribution', 'trades', 'bars missing'],
      [...best.slice(0, 3), ...best.slice(-2)].map((one) => [
        one.symbol,
        one.contribution,
        one.trades,
        one.bars_missing,
      ]),
    ),
    `${items.length} symbols make ${total.toFixed(4)}, the total return; ${absences.length} absences; the engines differ by ${apart.toExponential(1)}`,
  );
  await research.job('/validation/walk-forward', { strategy_id: id });
  await research.job('/validation/cpcv', { strategy_id: id });
  const judged = await research.get<{
    validated_under: string[];
    gates: Record<string, { gates: { gate: string; value: number | null }[] }>;
    information: { look_ahead: { compared: number; streamed: number } };
  }>(`/validation/strategies/${id}`);
  const { compared, streamed } = judged.information.look_ahead;
  const audit = judged.gates.default.gates.find(({ gate }) => gate === 'look_ahead_audit');
  must(
    audit?.value === 0,
    `weights must not change without the future, nor when they are streamed: ${audit?.value} did`,
  );
  facts.strategy_id = id;
  facts.total_return = total;
  facts.validated_under = judged.validated_under;
  say(judged.validated_under.length > 0 ? `passes ${judged.validated_under.join(', ')}` : 'passes no policy');
  return { bars: streamed, values: compared, mismatches: audit.value };
}
