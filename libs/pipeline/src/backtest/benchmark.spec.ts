import fc from 'fast-check';
import { computeMetrics } from '@assay/quant';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum } from '../fixtures/documents';
import { alignBenchmark, runBacktest } from '.';

const times = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 30 }).map((all) => Float64Array.from(all).sort());

describe('a benchmark beside bars', () => {
  it('has at each close the last that was known, as a search of all finds it', () => {
    fc.assert(
      fc.property(times, times, (at, closeMs) => {
        const close = closeMs.map((ms) => 100 + ms);
        const found = alignBenchmark(at, { closeMs, close });
        const last = (ms: number): number => Math.max(-Infinity, ...closeMs.filter((one) => one <= ms));
        expect([...found.close]).toEqual(Array.from(at, (ms) => (last(ms) === -Infinity ? NaN : 100 + last(ms))));
        const stale = [...at.keys()].filter((t) => last(at[t]!) === (t === 0 ? -Infinity : last(at[t - 1]!)));
        expect([...found.without]).toEqual(stale);
      }),
    );
  });

  it('is no later than it closes: another close after a bar changes nothing of it', () => {
    const at = Float64Array.of(10, 20, 30);
    const early = alignBenchmark(at, { closeMs: Float64Array.of(9, 21), close: Float64Array.of(1, 2) });
    expect([...early.close]).toEqual([1, 1, 2]);
    expect([...early.without]).toEqual([1]);
  });
});

describe('a backtest against a benchmark and cash', () => {
  const bars = syntheticBars(300, 8, 0.001);
  const document = bollingerMomentum();
  const plain = runBacktest({ document, bars });
  const other = syntheticBars(300, 9, 0.002).close;
  const whole = { close: other, without: new Uint32Array(0) };

  it('tells its figures against them, by the definitions of the metrics', () => {
    const rate = 0.04;
    const outcome = runBacktest({ document, bars, options: { benchmark: whole, riskFree: rate } });
    const [from, to] = outcome.scored;
    const returns = Float64Array.from({ length: to - from }, (_, i) => other[from + i]! / other[from + i - 1]! - 1);
    const cash = new Float64Array(to - from).fill((1 + rate) ** (1 / outcome.options.periodsPerYear) - 1);
    const { positions, trades, options } = outcome;
    const { metrics } = computeMetrics({
      ...{ returns: outcome.returns, positions, trades, periodsPerYear: options.periodsPerYear },
      ...{ benchmarkReturns: returns, riskFreeReturns: cash },
    });
    expect(outcome.metrics).toEqual(metrics);
    expect(outcome.benchmark!.returns).toEqual(returns);
    expect(outcome.metrics.beta).not.toBe(plain.metrics.beta);
    expect(outcome.metrics.sharpe_ratio!).toBeLessThan(plain.metrics.sharpe_ratio!);
    expect(outcome.metrics.total_return).toBe(plain.metrics.total_return);
    expect(outcome.returns).toEqual(plain.returns);
    expect(outcome.warnings).toEqual(plain.warnings);
  });

  it('is the same without rate as with one of 0, and against buy and hold as against its own closes', () => {
    const own = { close: bars.close, without: new Uint32Array(0) };
    const outcome = runBacktest({ document, bars, options: { benchmark: own, riskFree: 0 } });
    expect(outcome.metrics).toEqual(plain.metrics);
    expect(outcome.benchmark!.metrics).toEqual(plain.buyHoldMetrics);
  });

  it('says which scored bars lack a close or a rate, and leaves undefined what rests on them', () => {
    const close = other.slice().fill(NaN, 0, 31);
    const rates = new Float64Array(300).fill(0.02).fill(NaN, 0, 25);
    const benchmark = { close, without: Uint32Array.from({ length: 31 }, (_, t) => t) };
    const { metrics, reasons, warnings } = runBacktest({ document, bars, options: { benchmark, riskFree: rates } });
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'risk_free_incomplete', bars: 7 }),
      expect.objectContaining({ code: 'benchmark_incomplete', bars: 12 }),
    ]);
    expect(warnings[1]!.message).toMatch(
      /^the benchmark has no new close at 12 of 281 scored bars: [\d-]+(, [\d-]+){9} and 2 more$/,
    );
    expect([metrics.beta, reasons.tracking_error]).toEqual([null, 'benchmarkReturns[0] is NaN']);
    expect(reasons.sharpe_ratio).toBe('riskFreeReturns[0] is NaN');
    expect(metrics.calmar_ratio).toBe(plain.metrics.calmar_ratio);
  });
});
