import { isPromotedForPaper } from './promoted-for';

describe('what a promotion is good for', () => {
  const promoted = (revision: number, policy: string) => ({ action: 'promoted', revision, policy });
  const demoted = { action: 'demoted', revision: 2, policy: null };
  it.each([
    [[promoted(2, 'exploratory')], true],
    [[promoted(2, 'exploratory'), promoted(2, 'default')], false],
    [[promoted(2, 'strict'), demoted, promoted(2, 'exploratory')], true],
    [[promoted(2, 'default'), promoted(3, 'exploratory')], false],
    [[], false],
  ])('%j of version 2: paper only %s', (promotions, paper) => {
    expect(isPromotedForPaper(promotions, 2)).toBe(paper);
  });
});
