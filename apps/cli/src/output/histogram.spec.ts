import { histogramText } from './histogram';

it('a histogram has a bar a bin, in proportion to the fullest', () => {
  expect(histogramText({ edges: [-1, -0.5, 0, 0.5], counts: [100, 0, 1] }).split('\n')).toEqual([
    `  -1 to -0.5  100  ${'#'.repeat(40)}`,
    '-0.5 to    0    0',
    '   0 to  0.5    1  #',
    '',
  ]);
});

it('a histogram of one value has one bin', () => {
  expect(histogramText({ edges: [7, 7], counts: [3] })).toBe(`7 to 7  3  ${'#'.repeat(40)}\n`);
});
