import {
  REFERENCE_BENCHMARK as b,
  REFERENCE_RATES,
  REFERENCE_RETURNS as r,
} from '../../../testing/src/quant/reference-returns';
import { alpha, beta } from './beta-alpha';
import { excessReturns, riskFreeReturns } from './risk-free';
import { sharpeRatio } from './sharpe-ratio';
import { sortinoRatio } from './sortino-ratio';

const cash = riskFreeReturns(REFERENCE_RATES, 252);

describe('risk-free returns', () => {
  it('compound to the annual rate, of what was known at the close before', () => {
    expect(cash[0]).toBe(0);
    expect(cash[6]).toBe(cash[1]);
    expect(cash[1]).toBeCloseTo(0.00011730371383444904, 17);
    expect(cash[7]).toBeCloseTo(0.00019363050654397362, 17);
    expect((1 + cash[7]) ** 252).toBeCloseTo(1.05, 12);
    const later = REFERENCE_RATES.slice();
    later[8] = 0.9;
    expect(riskFreeReturns(later, 252).subarray(0, 9)).toEqual(cash.subarray(0, 9));
  });

  it('are missing on the bars after one whose rate is not known', () => {
    expect([...riskFreeReturns(Float64Array.of(NaN, 0, NaN, 0), 252)]).toEqual([0, NaN, 0, NaN]);
  });

  it('are what Sharpe, Sortino, beta and alpha are told above', () => {
    expect(sharpeRatio(r, 252, cash)).toBeCloseTo(2.6530855935252537, 12);
    expect(sortinoRatio(r, 252, cash)).toBeCloseTo(4.745309927029092, 12);
    expect(beta(excessReturns(r, cash), excessReturns(b, cash))).toBeCloseTo(1.4345850439044556, 12);
    expect(alpha(r, b, 252, cash)).toBeCloseTo(-0.19641365889106893, 12);
    expect(sharpeRatio(r, 252, new Float64Array(12))).toBe(sharpeRatio(r, 252));
    expect(() => sharpeRatio(r, 252, cash.subarray(1))).toThrow(
      'riskFreeReturns must have 12 values like returns, had 11',
    );
  });
});
