import { createRng } from '../../random';
import { valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { adf } from './adf';

const close = [10, 12, 11, 13, 12, 15, 14, 13, 16, 15, 17, 16];
const missing = (n: number): number[] => Array<number>(n).fill(NaN);

// adfuller of statsmodels 0.13 on the values of each window
indicatorContract(adf, {
  'without constant or lag': [
    { window: 8, lags: 0, regression: 0 },
    { close },
    {
      adf: [
        ...missing(7),
        0.39189223356721775,
        0.6237017091634385,
        0.5360518788928089,
        0.6264346967654498,
        0.5456972898442292,
      ],
    },
  ],
  'with a constant': [
    { window: 8, lags: 0, regression: 1 },
    { close },
    {
      adf: [
        ...missing(7),
        -2.2605066046995104,
        -1.3803293991424055,
        -2.306034363624173,
        -1.4104870379448806,
        -2.5033092492921614,
      ],
    },
  ],
  'with a constant and a lag': [
    { window: 10, lags: 1, regression: 1 },
    { close },
    { adf: [...missing(9), -0.49506832090486286, -0.5665587126888115, -0.6593632659563993] },
  ],
  'with a constant, a trend and a lag': [
    { window: 10, lags: 1, regression: 2 },
    { close },
    { adf: [...missing(9), -2.8055780758761952, -2.627906286122219, -2.6497245687909325] },
  ],
  'with two lags and neither': [
    { window: 12, lags: 2, regression: 0 },
    { close },
    { adf: [...missing(11), 2.4670041573621715] },
  ],
  'with two lags and both': [
    { window: 12, lags: 2, regression: 2 },
    { close },
    { adf: [...missing(11), -2.4036218020180655] },
  ],
});

it('is nothing where there is nothing to regress on, or nothing left to explain', () => {
  const of = (x: number[], regression: number): number =>
    valuesOf(adf, { window: 8, lags: 0, regression }, { close: x }).adf[7];
  const line = [3, 5, 7, 9, 11, 13, 15, 17];
  expect([0, 1, 2].map((regression) => of(Array<number>(8).fill(5), regression))).toEqual([NaN, NaN, NaN]);
  // a line is its own trend; with a constant alone its changes are explained entirely
  expect([of(line, 1), of(line, 2)]).toEqual([NaN, NaN]);
});

it('refuses a window that leaves no degree of freedom', () => {
  expect(() => adf.lookback({ window: 21, lags: 9, regression: 1 })).toThrow(
    'window must be at least 2 lags + regression + 3 = 22, was 21',
  );
  expect(adf.lookback({ window: 22, lags: 9, regression: 1 })).toBe(21);
});

// MacKinnon (2010), constant, 5 %: -2.86154 - 2.8903/T - 4.234/T^2 - 40.04/T^3, so -2.8909 at T = 100
it('falls below the 5 % point of MacKinnon in about 5 % of random walks', () => {
  const rng = createRng(12);
  const walks = 4000;
  let below = 0;
  for (let k = 0; k < walks; k++) {
    let price = 0;
    const x = Array.from({ length: 101 }, () => (price += rng.normal()));
    if (valuesOf(adf, { window: 101, lags: 0, regression: 1 }, { close: x }).adf[100] < -2.8909) below++;
  }
  // four standard errors of the share of 4,000
  expect(Math.abs(below / walks - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / walks));
});
