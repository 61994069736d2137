import { choiceStability } from './parameter-stability';

const params = [
  { path: 'window', values: [10, 20, 30, 40, 50] },
  { path: 'mode', values: ['long', 'short'] },
];
const choice = (cell: number, window: number, mode: string) => ({ cell, params: [window, mode] });

describe('choiceStability', () => {
  it('measures how far the choices lie apart on their axes', () => {
    const found = choiceStability(params, [choice(0, 10, 'long'), choice(9, 50, 'short'), choice(0, 10, 'long')]);
    expect(found.sameChoice).toBeCloseTo(2 / 3, 12);
    expect(found.meanDistance).toBe(1);
    expect(found.parameters[0]).toEqual({
      ...{ path: 'window', values: [10, 50, 10], distinct: 2, range: [10, 50], meanStep: 4 },
    });
    expect(found.parameters[1]).toMatchObject({ distinct: 2, range: null, meanStep: null });
  });

  it('counts a fold without a choice as none that agrees', () => {
    const found = choiceStability(params, [choice(2, 20, 'long'), null, choice(4, 30, 'long')]);
    expect(found.sameChoice).toBeCloseTo(1 / 3, 12);
    expect(found.meanDistance).toBeCloseTo(0.125, 12);
    expect(found.parameters[0]!.values).toEqual([20, null, 30]);
  });

  it('is undefined without a choice', () => {
    expect(choiceStability(params, [null, null])).toMatchObject({ sameChoice: null, meanDistance: null });
  });
});
