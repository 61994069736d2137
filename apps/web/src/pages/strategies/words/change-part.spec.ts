import { isOfStrategy, isSameDocument, partsOf, withPartNumber } from './change-part';

const part = {
  id: 1,
  indicator: 'get_sma',
  signal_func: 'momentum_band_long_only',
  window: 200,
  signal: 0,
  other: 'kept',
};
const document = { strategy_id: 'x', ticker: 'A', conjunction: 'AND', substrategies: [part, { ...part, id: 2 }] };
const text = JSON.stringify(document);

describe('changing the rules of a Strategy JSON', () => {
  it('changes one number of one part, and nothing else', () => {
    const changed = withPartNumber(text, 1, 'window', 150);
    expect(JSON.parse(changed)).toEqual({ ...document, substrategies: [part, { ...part, id: 2, window: 150 }] });
    expect(partsOf(changed).map(({ window }) => window)).toEqual([200, 150]);
  });

  it('knows whether anything was changed, however it is written', () => {
    expect(isSameDocument(text, JSON.stringify(document, null, 2))).toBe(true);
    expect(isSameDocument(text, withPartNumber(text, 0, 'signal', 0.02))).toBe(false);
    expect(isSameDocument(text, '{')).toBe(false);
  });

  it('offers no numbers where there are no parts, or what is written cannot be read', () => {
    expect(partsOf('{"portfolio": {}}')).toEqual([]);
    expect(partsOf('{')).toEqual([]);
  });

  it('knows a document of another strategy', () => {
    expect([isOfStrategy(text, 'x'), isOfStrategy(text, 'y'), isOfStrategy('{', 'x')]).toEqual([true, false, false]);
  });
});
