import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVectorized, sliceResult } from '../engines';
import { buyAndHoldReturns, sampleStd, sharpeRatio } from '../metrics';
import { benchmarkP, probabilisticSharpe } from '.';

const FIRST_SCORED = 252;

function sp500(): { open: Float64Array; close: Float64Array; openTimeMs: Float64Array } {
  const path = join(process.cwd(), 'node_modules/vega-datasets/data/sp500-2000.csv');
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.split(','));
  return {
    openTimeMs: Float64Array.from(cells, (row) => Date.parse(row[0])),
    open: Float64Array.from(cells, (row) => Number(row[1])),
    close: Float64Array.from(cells, (row) => Number(row[4])),
  };
}

/** Long above SMA(200), sized to 10 % volatility over 21 returns, capped at 1. */
function volatilityManagedTrend(close: Float64Array): Float64Array {
  const returns = buyAndHoldReturns(close);
  return close.map((price, t) => {
    if (t < 199) return 0;
    let sum = 0;
    for (let i = t - 199; i <= t; i++) sum += close[i];
    const size = Math.min(1, 0.1 / (sampleStd(returns.subarray(t - 20, t + 1)) * Math.sqrt(252)));
    return price > sum / 200 ? size : 0;
  });
}

describe('the real S&P 500 candidate of the gates page', () => {
  const { open, close, openTimeMs } = sp500();
  const costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };
  const targets = volatilityManagedTrend(close);
  const result = runVectorized({ openTimeMs, open, close, targets, mode: 'weight', fill: 'next_open', costs });
  const { returns } = sliceResult(result, FIRST_SCORED, close.length);
  const market = buyAndHoldReturns(close).slice(FIRST_SCORED);

  it('has the measured Sharpe ratios', () => {
    expect(sharpeRatio(returns, 252)).toBeCloseTo(0.39, 2);
    expect(sharpeRatio(market, 252)).toBeCloseTo(0.3, 2);
  });

  it('has benchmark p-values of 0.086 in blocks and 0.111 iid, and about 0.121 and 0.155 by the volatility clock too', () => {
    const all = { openTimeMs: openTimeMs.slice(1), returns: buyAndHoldReturns(close).slice(1) };
    const trials = [{ openTimeMs: openTimeMs.slice(FIRST_SCORED), returns, benchmark: all }];
    const found = benchmarkP({ trials, candidate: 0, periodsPerYear: 252, seed: 1 });
    expect(found.raw!.block).toBeCloseTo(0.086, 3);
    expect(found.raw!.iid).toBeCloseTo(0.111, 3);
    expect(Math.abs(found.joint!.block - 0.121)).toBeLessThan(0.01);
    expect(Math.abs(found.joint!.iid - 0.155)).toBeLessThan(0.01);
    expect(found.why).toBeNull();
  });

  it('passes a probabilistic Sharpe of 0.95 all the same', () => {
    expect(probabilisticSharpe(returns)).toBeCloseTo(0.957, 2);
  });
});
