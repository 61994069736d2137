import { profileColumn } from './column-profile';

/** `near` to 12 digits. */
const near = (value: number) => expect.closeTo(value, Math.max(0, 12 - Math.ceil(Math.log10(Math.abs(value) + 1))));

describe('the profile of a column', () => {
  it('has the numbers of numpy 2.4 and scipy 1.17, missing values left out', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => (i % 17 === 3 ? NaN : 100 + ((i * 7919) % 1009) / 7));
    expect(profileColumn('x', values, 8)).toEqual({
      column: 'x',
      ...{ count: 282, missing: 18, zeros: 0, distinct: 282, values: null },
      ...{ mean: near(171.94326241134752), std: near(41.85796400718184), min: 100, max: near(243.71428571428572) },
      quantiles: {
        ...{ p1: near(101.17714285714285), p5: near(107.17142857142856), p25: near(135.7142857142857) },
        ...{ p50: near(172.14285714285714), p75: near(208) },
        ...{ p95: near(236.54285714285714), p99: near(242.53714285714284) },
      },
      skew: near(-0.007158666022612987),
      excess_kurtosis: near(-1.2068845890589677),
      return_autocorrelation: near(-0.18862093461257276),
      histogram: {
        counts: [37, 34, 35, 35, 33, 37, 35, 36],
        edges: [
          ...[100, 117.96428571428572, 135.92857142857144, 153.89285714285714, 171.85714285714286],
          ...[189.82142857142858, 207.78571428571428, 225.75, 243.71428571428572],
        ].map(near),
      },
    });
  });

  it('counts each of few distinct values, and zeros', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => ((i * i) % 5) - 1);
    // numpy 2.4: unique, histogram; scipy 1.17: skew, kurtosis
    expect(profileColumn('z', values, 4)).toMatchObject({
      ...{ zeros: 24, distinct: 3, mean: 1, std: near(1.6874411477496465) },
      values: [
        { value: -1, count: 12 },
        { value: 0, count: 24 },
        { value: 3, count: 24 },
      ],
      ...{ skew: near(0.2561204162859415), excess_kurtosis: near(-1.7244897959183672) },
      histogram: { edges: [-1, 0, 1, 2, 3], counts: [12, 24, 0, 24] },
    });
  });

  it('lists 20 distinct values and not 21', () => {
    const listed = (count: number) =>
      profileColumn(
        'x',
        Float64Array.from({ length: count }, (_, i) => i),
      ).values?.length;
    expect([listed(20), listed(21)]).toEqual([20, undefined]);
  });

  it('takes -0 and 0 for one value', () => {
    expect(profileColumn('x', Float64Array.of(0, -0, -0)).values).toEqual([{ value: 0, count: 3 }]);
  });

  it('has nothing to say without a value', () => {
    const nothing = { mean: null, std: null, min: null, max: null, quantiles: null, skew: null, excess_kurtosis: null };
    expect(profileColumn('x', Float64Array.of(NaN, Infinity))).toEqual({
      ...{ column: 'x', count: 0, missing: 2, ...nothing, zeros: 0, distinct: 0, values: [] },
      ...{ return_autocorrelation: null, histogram: null },
    });
  });

  it('leaves undefined what one value, or none that varies, does not have', () => {
    const undefinedOf = { skew: null, excess_kurtosis: null, return_autocorrelation: null };
    expect(profileColumn('x', Float64Array.of(7))).toMatchObject({ mean: 7, std: null, ...undefinedOf });
    const flat = profileColumn('x', new Float64Array(9).fill(0.1));
    expect(flat).toMatchObject({ std: 0, ...undefinedOf, histogram: { edges: [0.1, 0.1], counts: [9] } });
  });
});
