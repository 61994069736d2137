import { backtestWords, verdictOf } from './verdict';

const gate = (name: string, passed: boolean | null, why = '') => ({
  ...{ gate: name, passed, why },
  ...{ means: `${name} is wanting.`, words: `In words: ${why}.` },
});
const judged = (under: string[], gates: ReturnType<typeof gate>[], exploratory: ReturnType<typeof gate>[] = []) => ({
  validated_under: under,
  gates: { default: { passed: null, gates }, exploratory: { passed: null, gates: exploratory } },
});

describe('the honest answer', () => {
  it('is not given before anything was judged', () => {
    expect(verdictOf({ validated_under: [], gates: {} }).headline).toBe('Not judged yet');
  });

  it('says what speaks against money where it is good for paper', () => {
    const verdict = verdictOf(
      judged(['exploratory'], [gate('benchmark_p', false, 'was 0.11'), gate('pbo', null, 'too_few')]),
    );
    expect(verdict.tone).toBe('warning');
    expect(verdict.reasons).toEqual([
      { gate: 'benchmark_p', words: 'benchmark_p is wanting.', why: 'In words: was 0.11.' },
    ]);
  });

  it('is good only under a policy that is good for live trading', () => {
    expect(verdictOf(judged(['default', 'exploratory'], [])).tone).toBe('good');
  });

  it('tells missing evidence from failure', () => {
    const missing = judged([], [gate('cpcv_sharpe', null, 'evidence_missing')], [gate('scored_bars', true)]);
    expect(verdictOf(missing).headline).toBe('Not fully judged yet');
    const failed = judged([], [gate('benchmark_p', false)], [gate('walk_forward_sharpe', false, 'was 0.1')]);
    expect(verdictOf(failed)).toMatchObject({ tone: 'bad', reasons: [{ gate: 'walk_forward_sharpe' }] });
  });
});

describe('where only the bars stand in the way', () => {
  const unlooked = gate('data_quality_acknowledged', false, 'was 2');

  it('says nothing against the strategy', () => {
    expect(verdictOf(judged([], [unlooked, gate('benchmark_p', false)], [unlooked]))).toMatchObject({
      headline: 'The bars come first',
      tone: 'warning',
      reasons: [{ gate: 'data_quality_acknowledged' }],
    });
  });

  it('does not hide what else speaks against it', () => {
    const verdict = verdictOf(judged([], [], [unlooked, gate('walk_forward_sharpe', false)]));
    expect([verdict.headline, verdict.reasons.length]).toEqual(['It does not hold up', 2]);
  });
});

describe('a backtest in words', () => {
  it('says that nothing was traded', () => {
    expect(backtestWords({ metrics: { trade_count: 0, exposure: 0 }, buy_hold_metrics: {} })).toEqual([
      'It never traded on these bars: its rules were never met.',
    ]);
  });

  it('stands beside buying and holding, with a dash for what is undefined', () => {
    const words = backtestWords({
      metrics: { trade_count: 1, exposure: 0.5, total_return: 0.123, max_drawdown: 0.1, sharpe_ratio: null },
      buy_hold_metrics: { total_return: 0.5, max_drawdown: 0.3, sharpe_ratio: 1.28 },
    });
    expect(words).toEqual([
      'It made 12.3 % after costs; buying and holding made 50.0 %.',
      'Its deepest fall was 10.0 % (holding: 30.0 %); return for risk, the Sharpe ratio, was – (holding: 1.3). It was invested 50 % of the time, in 1 trade.',
    ]);
  });
});
