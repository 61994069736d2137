import { tiedWords } from './tied-sets';

describe('sets that share the best figure', () => {
  it('are counted, rounding apart', () => {
    expect(tiedWords([0.5, 0.674, 0.674 + 1e-15, null, 0.674])).toMatch(/^3 of 5 sets share the best ratio/);
  });

  it('are none where one stands alone, or nothing is defined', () => {
    expect([tiedWords([0.5, 0.6]), tiedWords([null, null]), tiedWords([null, 0.1]), tiedWords([])]).toEqual([
      '',
      '',
      '',
      '',
    ]);
  });
});
