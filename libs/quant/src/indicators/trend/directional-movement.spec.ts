import { asColumns, motionlessBars, valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract, naiveIndicators } from '../../../../testing/src/quant/indicator-contract';
import { adx, adxr, directionalMovement, dmi, dx } from './directional-movement';

// moves +2, -2, +2, none; true ranges 5/2, 3, 4, 1; sums of the rises 2, 1, 5/2, 5/4, of the falls 0, 2, 1, 1/2
const bars = { high: [10, 12, 11, 13, 12.5], low: [9, 10, 8, 11, 11.5], close: [9.5, 11, 9, 12, 12] };
const rest = (n: number) => ({
  high: Array<number>(n).fill(7),
  low: Array<number>(n).fill(7),
  close: Array<number>(n).fill(7),
});

indicatorContract(directionalMovement, {
  "is Wilder's sum of the larger move of each bar, from the first window - 1 of them on": [
    { window: 2 },
    bars,
    { plus_dm: [NaN, 2, 1, 2.5, 1.25], minus_dm: [NaN, 0, 2, 1, 0.5] },
  ],
  // rise and fall of 1 on bar 1 are none, on bar 2 only the fall is larger
  'takes neither of two equal moves': [
    { window: 3 },
    { high: [5, 6, 7, 7], low: [4, 3, 1, 1] },
    { plus_dm: [NaN, NaN, 0, 0], minus_dm: [NaN, NaN, 2, 4 / 3] },
  ],
});

indicatorContract(dx, {
  'is the share of the surplus in the movement': [{ window: 2 }, bars, { dx: [NaN, NaN, 100 / 3, 300 / 7, 300 / 7] }],
  'is nothing at rest': [{ window: 2 }, rest(4), { dx: [NaN, NaN, NaN, NaN] }],
});

indicatorContract(dmi, {
  "is Wilder's sum of the moves in percent of that of the true ranges": [
    { window: 2 },
    bars,
    { plus_di: [NaN, NaN, 400 / 17, 2000 / 49, 2000 / 65], minus_di: [NaN, NaN, 800 / 17, 800 / 49, 800 / 65] },
  ],
  'is nothing at rest': [{ window: 2 }, rest(4), { plus_di: [NaN, NaN, NaN, NaN], minus_di: [NaN, NaN, NaN, NaN] }],
});

indicatorContract(adx, {
  // directional indices 100/3, 300/7, 300/7
  'is the mean of the directional indices': [
    { window: 2 },
    bars,
    { adx: [NaN, NaN, NaN, 800 / 21, (800 / 21 + 300 / 7) / 2] },
  ],
  'of bars that never move is 0': [{ window: 3 }, rest(7), { adx: [NaN, NaN, NaN, NaN, NaN, 0, 0] }],
});

indicatorContract(adxr, {
  // ADX 800/21 and (800/21 + 300/7) / 2 = 850/21
  'is the mean of ADX now and window - 1 bars before': [{ window: 2 }, bars, { adxr: [NaN, NaN, NaN, NaN, 825 / 21] }],
  'of bars that never move is 0': [{ window: 2 }, rest(6), { adxr: [NaN, NaN, NaN, NaN, 0, 0] }],
});

// the numbers of TA-Lib's C
it('ADX that starts on a motionless stretch', () => {
  const price = [...Array<number>(8).fill(100), 101, 102, 103, 102];
  const { adx: found } = valuesOf(adx, { window: 4 }, { high: price, low: price, close: price });
  [0, 25, 43.75, 57.8125, 50.073660714285715].forEach((value, i) => expect(found[7 + i]).toBeCloseTo(value, 10));
});

it.each([0, 5, 14, 20, 40])(
  'ADX starts like that of TA-Lib, and stands still at rest, after %d motionless bars',
  (quiet) => {
    const bars = motionlessBars(quiet, 40, 20);
    for (const window of [2, 5, 14]) {
      const { adx: found } = valuesOf(adx, { window }, bars);
      const [expected] = naiveIndicators.adx(asColumns(bars), { window });
      expect(found.findIndex((x) => !Number.isNaN(x))).toBe(2 * window - 1);
      expected.slice(2 * window - 1).forEach((value, i) => expect(found[2 * window - 1 + i]).toBeCloseTo(value, 9));
    }
  },
);
