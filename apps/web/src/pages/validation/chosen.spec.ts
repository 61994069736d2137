import { chosenFolds, foldBounds, stitchedCourses, tracksOf } from './chosen';

const result = {
  folds: [
    { test: ['2020-01-01T00:00:00.000Z', '2020-01-03T00:00:00.000Z'], params: { window: 10 } },
    { test: ['2020-01-04T00:00:00.000Z', '2020-01-06T00:00:00.000Z'], params: null },
  ],
  stitched: {
    course: {
      times: ['2020-01-01T00:00:00.000Z', '2020-01-03T00:00:00.000Z', '2020-01-05T00:00:00.000Z'],
      ...{ strategy: [1, 1.1, 1.2], buy_and_hold: [1, 0.9, null] },
    },
  },
  stability: {
    parameters: [
      { path: 'window', values: [10, null, 50, 20], distinct: 3, mean_step: 2.5 },
      { path: 'mode', values: ['a', 'a', 'a', 'a'], distinct: 1, mean_step: null },
    ],
  },
};

it('numbers the folds', () => {
  expect(chosenFolds(result).map(({ number }) => number)).toEqual([1, 2]);
});

it('places each choice between the lowest and the highest', () => {
  expect(tracksOf(result)).toEqual([
    { path: 'window', values: ['10', null, '50', '20'], places: [0, null, 1, 0.25], distinct: 3, meanStep: 2.5 },
    { path: 'mode', values: ['a', 'a', 'a', 'a'], places: [0.5, 0.5, 0.5, 0.5], distinct: 1, meanStep: null },
  ]);
});

it('draws the equity beside buy and hold, and marks where folds begin', () => {
  const [own, hold] = stitchedCourses(result)!;
  expect(own!.points.map(({ value }) => value)).toEqual([1, 1.1, 1.2]);
  expect(hold!.points.at(-1)).toEqual({ time: Date.UTC(2020, 0, 5), value: null });
  expect(foldBounds(result)!.points.map(({ value }) => value)).toEqual([1, null, 1]);
});

it('draws nothing where nothing is', () => {
  expect([stitchedCourses({}), foldBounds({}), tracksOf({})]).toEqual([null, null, []]);
});
