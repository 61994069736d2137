import { warningSentences } from './warnings';

describe('how a document was understood', () => {
  it('is said in plain words, by the part of the strategy and not by its path', () => {
    const message = 'get_sma on a price is compared as price / average - 1, so signal 0 is a fraction';
    expect(warningSentences([{ code: 'relative_to_average', field: 'substrategies[0].signal', message }])).toEqual([
      'Part 1: how far the price is from its average counts, as a share of the average: 0.02 stands for 2 % above it, 0 for the average itself',
    ]);
  });

  it('keeps the message of any other warning', () => {
    expect(
      warningSentences([
        { code: 'other', field: 'pipeline_config.stop_loss', message: 'is kept' },
        { code: 'other', message: 'as a whole' },
        { code: 'other' },
      ]),
    ).toEqual(['Stop loss: is kept', 'as a whole']);
  });
});
