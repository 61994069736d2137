import { asColumns, motionlessBars, valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract, naiveIndicators } from '../../../../testing/src/quant/indicator-contract';
import { kama } from './kama';

const slowest = (2 / 31) ** 2;

indicatorContract(kama, {
  // efficiencies 1 (3 of 3), 1/3 (1 of 3): constants (2/3)^2 and (1/3 x (2/3 - 2/31) + 2/31)^2 = (74/279)^2
  'goes the faster, the straighter the window': [
    { window: 2 },
    { close: [1, 2, 4, 3] },
    { kama: [NaN, NaN, 2 + (4 / 9) * 2, 26 / 9 + (74 / 279) ** 2 * (3 - 26 / 9)] },
  ],
  'goes slowest when the window comes back to where it began': [
    { window: 2 },
    { close: [1, 3, 1] },
    { kama: [NaN, NaN, 3 - 2 * slowest] },
  ],
});

it.each([0, 5, 14, 20, 40])('has efficiency 1 over a window without movement, after %d motionless bars', (quiet) => {
  const bars = motionlessBars(quiet, 40, 20);
  for (const window of [2, 5, 10]) {
    const found = valuesOf(kama, { window }, bars).kama;
    const [expected] = naiveIndicators.kama(asColumns(bars), { window });
    expected.slice(window).forEach((value, i) => expect(found[window + i]).toBeCloseTo(value, 9));
  }
});

it('goes to a price at rest with the quickest constant, (2/3)^2', () => {
  const { kama: found } = valuesOf(kama, { window: 3 }, { close: [1, 2, 3, 4, 10, 10, 10, 10, 10] });
  const gaps = found.map((x) => 10 - x);
  // from the bar on whose window holds equal prices only
  expect(gaps[7] / gaps[6]).toBeCloseTo(5 / 9, 12);
  expect(gaps[8] / gaps[7]).toBeCloseTo(5 / 9, 12);
});

// the numbers of TA-Lib's C
it('goes to a price at rest as far as TA-Lib does', () => {
  const close = [...Array.from({ length: 11 }, (_, i) => 100 + i), ...Array<number>(12).fill(111)];
  const { kama: found } = valuesOf(kama, { window: 5 }, { close });
  expect(found[16]).toBeCloseTo(110.93492785101732, 10);
  expect(found[22]).toBeCloseTo(110.99808680111649, 10);
});
