import { afterOutlier } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { bollinger } from './bollinger';

const third = Math.sqrt(4 / 3);

indicatorContract(bollinger, {
  'has bands, position, width and score of the sample deviation': [
    { window: 3, ddof: 1 },
    { close: [1, 3, 5, 5, 5] },
    {
      upper: [NaN, NaN, 7, 13 / 3 + 2 * third, 5],
      middle: [NaN, NaN, 3, 13 / 3, 5],
      lower: [NaN, NaN, -1, 13 / 3 - 2 * third, 5],
      percent_b: [NaN, NaN, 0.75, 0.5 + 1 / (6 * third), NaN],
      width: [NaN, NaN, 8 / 3, (12 * third) / 13, 0],
      z: [NaN, NaN, 1, Math.sqrt(1 / 3), NaN],
    },
  ],
  'takes the population deviation unless told otherwise': [
    { window: 2, deviations: 3 },
    { close: [1, 3] },
    { upper: [NaN, 5], lower: [NaN, -1], z: [NaN, 1] },
  ],
  'of no width has no position, and no width around 0': [
    { window: 2, deviations: 0 },
    { close: [-1, 1] },
    { upper: [NaN, 0], lower: [NaN, 0], percent_b: [NaN, NaN], width: [NaN, NaN], z: [NaN, 1] },
  ],
});

it('keeps its accuracy after a value a billion times larger has gone', () => {
  const values = afterOutlier(bollinger, { window: 10 });
  values.with.forEach((value, i) => expect(value).toBeCloseTo(values.without[i], 9));
});
