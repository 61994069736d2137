import { calendarFor } from '@assay/calendars';
import type { UniverseDocument } from '@assay/contracts';
import { parseUniverseDocument, type BarColumns } from '@assay/domain';
import { checkFeature } from '../features';
import { syntheticBars } from '../fixtures/bars';
import { runUniverseBacktest, universeCpcv, universeGates, universeWalkForward } from '.';

const SYMBOLS = ['A', 'B', 'C', 'D'];
const BARS = 900;
const series: BarColumns[] = SYMBOLS.map((symbol, k) => ({ ...syntheticBars(BARS, 40 + k, 0.001), symbol }));
const calendar = calendarFor('CRYPTO');
const documentOf = (change: object = {}): UniverseDocument =>
  parseUniverseDocument(
    {
      ...{
        kind: 'universe',
        strategy_id: '018f0000-0000-7000-8000-00000000000f',
        trading_period: 365,
        market: 'CRYPTO',
      },
      universe: SYMBOLS,
      features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 30 } }],
      portfolio: {
        ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
        rebalance: { kind: 'weekly', session: 'last' },
      },
      ...change,
    },
    { checkFeature },
  ).document;
const input = { document: documentOf(), series, calendar };

describe('validation of a universe', () => {
  const whole = runUniverseBacktest(input);

  it('has folds that are slices of one run', () => {
    const { exact, openTimeMs, periodsPerYear } = universeWalkForward(input);
    expect([openTimeMs.length, periodsPerYear, exact.scored[0]]).toEqual([BARS, 365, 252]);
    for (const { test, oosReturns } of exact.folds) expect(oosReturns).toEqual(whole.full.returns.slice(...test));
  });

  it.each(['weight', 'all_in'] as const)('pays at the seams of CPCV blocks for all it holds: %s', (mode) => {
    const document = documentOf({ mode, fill: 'close' });
    const run = runUniverseBacktest({ ...input, document });
    const { exact } = universeCpcv({ ...input, document });
    expect([exact.splits.length, exact.paths.length]).toEqual([15, 5]);
    const [first] = exact.paths;
    const seams = new Set<number>();
    first!.returns.forEach((r, i) => {
      if (r !== run.full.returns[252 + i]) seams.add(i);
    });
    // two cells of half of equity each are opened and closed at 5 bps wherever the judging split changes
    const held = (t: number): number => SYMBOLS.reduce((sum, _, i) => sum + run.evaluation.weights[i * BARS + t]!, 0);
    expect(seams.size).toBeGreaterThan(1);
    for (const i of seams) {
      const t = 252 + i;
      const plain = run.full.returns[t]!;
      const paid = 0.0005 * Math.max(held(t - 1), held(t));
      expect(Math.abs(plain - first!.returns[i]!)).toBeLessThan(2.1 * paid);
      expect(first!.returns[i]!).toBeLessThan(plain);
    }
  });

  it('comes to the gates with all evidence', () => {
    const { evidence, candidate, verdicts, lookAhead } = universeGates({
      ...input,
      walkForward: 'run',
      cpcv: 'run',
      ledger: [],
    });
    expect(evidence.audits).toMatchObject({
      lookAhead: { mismatches: 0, firstMismatch: null },
      warmUp: { declaredLookback: 30 },
    });
    expect(lookAhead).toMatchObject({ streamed: BARS, mismatches: 0, compared: SYMBOLS.length * (BARS + 50) });
    expect(evidence.audits?.warmUp?.firstTarget).toBeGreaterThanOrEqual(30);
    expect(evidence.enough).toMatchObject({ scoredBars: BARS - 252 });
    expect(candidate.returns).toEqual(whole.full.returns.slice(252));
    expect(verdicts.map(({ policy }) => policy)).toContain('default');
  });

  it('needs a history that is long enough', () => {
    const short = series.map((one) => ({ ...one, ...syntheticBars(200, 1, 0), symbol: one.symbol }));
    expect(() => universeWalkForward({ ...input, series: short })).toThrow('walk-forward needs at least');
    expect(() => universeCpcv({ ...input, series: short })).toThrow('CPCV needs at least');
  });
});
