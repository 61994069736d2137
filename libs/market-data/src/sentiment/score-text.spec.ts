import { LONGEST_PHRASE, NEGATORS, TONES } from './lexicon';
import { scoreText } from './score-text';

describe('the lexicon', () => {
  it('has each term once, in lower case and no longer than phrases are looked for', () => {
    for (const term of TONES.keys()) {
      expect(term).toMatch(/^[a-z0-9]+( [a-z0-9]+)*$/);
      expect(term.split(' ').length).toBeLessThanOrEqual(LONGEST_PHRASE);
    }
    for (const negator of NEGATORS) expect(TONES.has(negator)).toBe(false);
    expect(TONES.size).toBeGreaterThan(350);
  });
});

describe('the tone of a text', () => {
  it.each<[string, number]>([
    ['Profit surges on strong demand', 1],
    ['Shares plunge after profit warning', -1],
    ['Company holds annual meeting', 0],
    ['Shares rise as rivals fall', 0],
    ['Results beat estimates but margins weaken', 0],
    // a phrase counts in place of its words
    ['Airline cuts costs', 1],
    ['Net loss narrows: narrower loss than feared', 1],
    ['Capital gains tax is discussed', 0],
    ['Risk management conference opens', 0],
    // negation
    ['Results were not strong', -1],
    ["Growth isn't slowing", 1],
    ['The bank did not fail', 1],
    ['No evidence of fraud', 1],
    ['We do not see that demand will grow', 1],
    ['There was no comment. Shares rise', 1],
    ['', 0],
  ])('of "%s" is %d', (text, score) => {
    expect(scoreText(text).score).toBe(score);
  });

  it('weighs what moves prices by itself double, and names the terms', () => {
    expect(scoreText('Sales grow, but bankruptcy looms').score).toBeCloseTo(-1 / 3, 15);
    expect(scoreText('Bank denies fraud').terms).toEqual([{ term: 'fraud', tone: 2, negated: true }]);
  });
});
