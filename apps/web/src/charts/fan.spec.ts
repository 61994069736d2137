import { envelope } from './fan';

it('is the least, the middle and the greatest of what is defined', () => {
  const paths = [
    { name: 'a', values: [1, 1.2, null] },
    { name: 'b', values: [1, 0.9, null] },
    { name: 'c', values: [1, null, null] },
  ];
  expect(envelope({ times: ['1', '2', '3'], paths, valueName: 'v' })).toEqual({
    least: [1, 0.9, null],
    middle: [1, expect.closeTo(1.05, 12), null],
    greatest: [1, 1.2, null],
  });
});
