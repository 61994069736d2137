import { barsSourceOf, isOtherSource } from './bars-source';

const revision = (source: string | null, pinned?: string) => ({
  source,
  historyAnchor: pinned === undefined ? null : { source: pinned, adjustment: 'none' as const, first_bar: '2020-01-01' },
});

describe('where a run reads its bars', () => {
  it.each([
    ['stated nowhere', revision(null), null, null],
    ['asked for alone', revision(null), 'asked', 'asked'],
    ['stated by the strategy', revision('own'), null, 'own'],
    ['stated and asked for', revision('own'), 'own', 'own'],
    ['pinned by a backtest', revision(null, 'pinned'), null, 'pinned'],
  ])('%s', (_, of, asked, expected) => {
    expect(barsSourceOf(of, asked)).toBe(expected);
  });

  it.each([
    ['the strategy states', revision('own'), 'own', 'strategy_source'],
    ['the history is pinned to', revision(null, 'pinned'), 'pinned', 'history_anchor'],
  ])('is never another source than %s', (_, of, own, rule) => {
    const message = new RegExp(
      `^source must be ${own}, .*, was other: another source of the strategy makes a new revision$`,
    );
    const problem = { field: 'source', rule, value: 'other', message: expect.stringMatching(message) };
    expect(() => barsSourceOf(of, 'other')).toThrow(expect.objectContaining({ errors: [problem] }));
  });
});

describe('another source of the strategy', () => {
  it.each([
    ['is none where it is the stated one', revision('own', 'own'), 'own', false],
    ['is none where it names what was pinned', revision(null, 'pinned'), 'pinned', false],
    ['is none where nothing was stated and nothing is', revision(null, 'pinned'), null, false],
    ['is any other than the stated one', revision('own'), 'new', true],
    ['is any other than the pinned one', revision(null, 'pinned'), 'new', true],
    ['is none at all where one was stated', revision('own', 'own'), null, true],
  ])('%s', (_, of, source, expected) => {
    expect(isOtherSource(of, source)).toBe(expected);
  });
});
