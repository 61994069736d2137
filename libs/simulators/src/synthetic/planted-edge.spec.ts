import { calendarFor, readBarsText, qualityReport } from '@assay/market-data';
import { plantedEdge, syntheticPlantedEdge } from './planted-edge';
import { sessionDates } from './session-dates';

const mean = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + b, 0) / x.length;
const std = (x: ArrayLike<number>): number => {
  const m = mean(x);
  return Math.sqrt(Array.from(x).reduce((a, b) => a + (b - m) ** 2, 0) / (x.length - 1));
};
const returns = (close: Float64Array): Float64Array => close.slice(1).map((value, i) => value / close[i] - 1);

describe('the synthetic market with a planted edge', () => {
  const market = plantedEdge({ seed: 1 });
  const moves = returns(market.close);

  it('has 2,772 bars on sessions of the New York Stock Exchange', () => {
    expect(market.dates).toHaveLength(2772);
    expect(market.dates).toEqual(calendarFor('US').sessions(market.dates[0], market.dates.at(-1)!));
    expect(sessionDates(3021)).toEqual(calendarFor('US').sessions('2010-01-04', '2021-12-31'));
  });

  it('gives the ideal rule an information ratio of 1.5', () => {
    const ideal = moves.map((move, i) => Math.sign(market.factor[i]) * move);
    expect((mean(ideal) / std(ideal)) * Math.sqrt(252)).toBeCloseTo(1.5, 2);
  });

  it('has an AR(1) factor with phi near 0.95 and unit variance', () => {
    const f = market.factor;
    let cross = 0;
    let square = 0;
    for (let i = 1; i < f.length; i += 1) {
      cross += f[i] * f[i - 1];
      square += f[i - 1] * f[i - 1];
    }
    expect(cross / square).toBeGreaterThan(0.93);
    expect(cross / square).toBeLessThan(0.97);
    expect(std(f)).toBeGreaterThan(0.7);
    expect(std(f)).toBeLessThan(1.3);
  });

  it('clusters its volatility', () => {
    const squares = moves.map((move) => move * move);
    const m = mean(squares);
    let auto = 0;
    let variance = 0;
    for (let i = 1; i < squares.length; i += 1) {
      auto += (squares[i] - m) * (squares[i - 1] - m);
      variance += (squares[i] - m) ** 2;
    }
    expect(auto / variance).toBeGreaterThan(0.02);
  });

  it('plants nothing when the ratio asked for is 0', () => {
    const none = plantedEdge({ seed: 1, informationRatio: 0 });
    const ideal = returns(none.close).map((move, i) => Math.sign(none.factor[i]) * move);
    expect((mean(ideal) / std(ideal)) * Math.sqrt(252)).toBeCloseTo(0, 2);
  });

  it('is a pure function of the seed', () => {
    expect(syntheticPlantedEdge({ seed: 1 })).toBe(syntheticPlantedEdge({ seed: 1 }));
    expect(syntheticPlantedEdge({ seed: 2 })).not.toBe(syntheticPlantedEdge({ seed: 1 }));
  });

  it('is clean data with the factor as an extra column', () => {
    const { bars } = readBarsText(syntheticPlantedEdge({ seed: 1 }));
    expect(bars.extra.factor).toEqual(market.factor);
    expect(qualityReport(bars, calendarFor('US'))).toMatchObject({ errors: [], warnings: [] });
  });

  it('refuses more bars than it has dates for', () => {
    expect(() => plantedEdge({ seed: 1, bars: 4000 })).toThrow('bars must be 2 to 3021, was 4000');
  });
});
