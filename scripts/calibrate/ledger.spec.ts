import { benchmarkP } from '@assay/quant';
import { BenchmarkScreen } from './benchmark-screen';
import { heldTrial } from './held-trials';
import { JudgedTrial } from './judged-trial';
import { Ledger } from './ledger';
import { BARS_A_YEAR, barsWith, benchmarkOf } from './markets';
import { NULL_MARKETS } from './null-markets';
import { isPromoted, isRefused, POLICY } from './policy';
import { plantedModels, plantedRules } from './power-markets';

const BARS = barsWith(630);

describe('submitting the trials of a ledger', () => {
  const { bars, real, without } = plantedRules('ledger', BARS, { ir: 3, noise: 'clustered', real: 3, without: 7 });
  const benchmark = benchmarkOf(bars);

  it.each([
    ['few', [...real.slice(0, 2), ...without.slice(0, 3)]],
    ['enough for the test of overfitting', [...real, ...without]],
  ])('promotes whom the product promotes, and nobody else: %s trials', (_, trials) => {
    const ledger = new Ledger(trials, benchmark);
    const series = trials.map((trial) => trial.series);
    const promoted = trials.map((trial) => isPromoted(trial.judge(series)));
    expect(trials.map((__, i) => ledger.promoted(i) !== null)).toEqual(promoted);
    expect(new Ledger(trials, benchmark).promotesAny).toBe(promoted.includes(true));
    expect(ledger.best).toBe(trials.indexOf(trials.toSorted((a, b) => b.sharpe - a.sharpe)[0]));
    expect(new Set(promoted)).toEqual(new Set([true, false]));
  });

  it('refuses buy and hold, as the product does', () => {
    const held = new JudgedTrial(heldTrial(bars, new Float64Array(BARS).fill(1), false), 'buy and hold');
    expect(new Ledger([held, ...without], benchmark).promoted(0)).toBeNull();
    const { evidence, verdicts } = held.judge([]);
    expect(evidence.benchmark!.why).toBe('indistinguishable_from_benchmark');
    expect(isPromoted({ verdicts })).toBe(false);
  });

  it('judges a model by its median path, and knows whether the worst one would do', () => {
    const { bars: own, trials } = plantedModels('models', BARS, { ir: 4, noise: 'clustered', count: 1 });
    const ledger = new Ledger(trials, benchmarkOf(own));
    const series = trials.map((trial) => trial.series);
    for (const [i, trial] of trials.entries()) {
      const { evidence, verdicts, candidate } = trial.judge(series);
      expect([...candidate.returns]).toEqual([...trial.series.returns]);
      const found = ledger.promoted(i);
      expect(found !== null).toBe(isPromoted({ verdicts }));
      const sharpes = evidence.cpcv!.pathSharpePerBar as number[];
      if (trial.isRefusedBySharpe) expect(trial.isRefusedOnWorstPath).toBe(true);
      expect(Math.min(...sharpes)).toBeLessThan(Math.max(...sharpes));
    }
  });
});

describe('the screen of the benchmark test', () => {
  const { bars, trials } = NULL_MARKETS.rising_random_positions('screen', BARS, 5);
  const benchmark = benchmarkOf(bars);
  const own = trials.map(({ series: { openTimeMs, returns } }) => ({ openTimeMs, returns, benchmark }));
  const full = own.map((_, candidate) => {
    const { draws, seed } = POLICY.bounds.benchmark;
    const { why, ...found } = benchmarkP({ trials: own, candidate, periodsPerYear: BARS_A_YEAR, draws, seed });
    return { ...found, ...(why === null ? {} : { why }) };
  });

  it('refuses nobody whom all draws do not refuse', () => {
    const screen = new BenchmarkScreen(own);
    const told = trials.map((trial, i) => screen.isRefused(i, trial.statistics(own[i])!));
    told.forEach((isTold, i) => isTold && expect(isRefused({ benchmark: full[i] })).toBe(true));
    expect(told).toContain(true);
  });

  it('has the statistics of the test', () => {
    trials.forEach((trial, i) => {
      const { t } = full[i];
      expect(trial.statistics(own[i])).toEqual({
        ...{ 'raw block': t!.raw.block, 'raw iid': t!.raw.iid },
        'joint block': Math.max(t!.raw.block, t!.scaled!.block),
        'joint iid': Math.max(t!.raw.iid, t!.scaled!.iid),
      });
    });
  });

  it('finds a higher statistic at a lower p in every test', () => {
    for (const test of ['block', 'iid'] as const) {
      const byT = full.toSorted((a, b) => a.t!.raw[test] - b.t!.raw[test]).map(({ raw }) => raw![test]);
      expect(byT).toEqual(byT.toSorted((a, b) => b - a));
    }
  });
});
