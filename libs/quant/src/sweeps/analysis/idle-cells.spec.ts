import { idleCells, ofHeldCells } from './idle-cells';

describe('idle cells', () => {
  it('are those whose equity never moved; a return of 0 after a fall, and an undefined one, are none', () => {
    expect([...idleCells(Float64Array.of(0, -0, 0, 0.1, -0.1, NaN), Float64Array.of(0, 0, 0.2, 0, 0.1, NaN))]).toEqual([
      ...[1, 1, 0, 0, 0, 0],
    ]);
  });

  it('have no figure to be chosen by', () => {
    expect([...ofHeldCells(Float64Array.of(0, 0.3, NaN), [1, 0, 0])]).toEqual([NaN, 0.3, NaN]);
  });
});
