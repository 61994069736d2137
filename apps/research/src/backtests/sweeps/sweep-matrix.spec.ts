import { sweepMatrix } from './sweep-matrix';

const one = { path: 'substrategies.0.window', values: [5, 10] };
const two = { path: 'substrategies.0.signal', values: [0, 1] };
/** Refused before any row is looked at. */
const empty = { columns: [], rows: [] };

describe('a matrix over what was not swept', () => {
  it.each([
    [[], 'a', 'b', 'x must be a parameter that was swept, but rule trees were'],
    [[one], one.path, 'b', `y must be a parameter that was swept, but only ${one.path} was`],
    [[one, two], 'window', two.path, `x must be one of the swept parameters ${one.path}, ${two.path}, was window`],
    [[one, two], one.path, one.path, `y must be one of the swept parameters ${two.path}, was ${one.path}`],
  ])('is refused: %j, %s, %s', (params, x, y, message) => {
    expect(() => sweepMatrix(params, empty, { x, y })).toThrow(message);
  });
});
