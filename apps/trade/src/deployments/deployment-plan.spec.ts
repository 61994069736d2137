import { tradedSource } from './deployment-plan';

const at = (source: string, symbol: string, timeframe: string) => ({ source, symbol, timeframe, synthetic: false });
const SPX = { dataSymbol: 'SPX', timeframe: '1d' as const };
const replay = (source?: string) => ({ start: '2024-01-02', end: '2024-02-01', source });

describe('the source that is traded', () => {
  it.each([
    ['the one of the symbol and timeframe', {}, undefined, [at('a', 'SPX', '1h'), at('b', 'SPX', '1d')], 'b'],
    ['the one that is anchored', {}, 'a', undefined, 'a'],
    ['the proven one, stated again', { source: 'b', replay: replay('b') }, 'b', [at('b', 'SPX', '1d')], 'b'],
    ['none where the evidence is of another symbol', {}, undefined, [at('a', 'AAPL', '1d')], null],
    ['none without evidence', {}, undefined, undefined, null],
    ['the stated one without evidence', { source: 'c', replay: replay() }, undefined, undefined, 'c'],
    ['the one that is replayed without evidence', { replay: replay('c') }, undefined, undefined, 'c'],
  ])('is %s', (_, document, anchored, series, expected) => {
    const anchor = anchored === undefined ? undefined : { source: anchored };
    expect(tradedSource(document, SPX, anchor, series && { series })).toBe(expected);
  });

  it.each([
    ['source', { source: 'c' }],
    ['replay.source', { replay: replay('c') }],
  ])('is never another one than was proven: %s', (field, document) => {
    const refusal = (message: string) =>
      expect.objectContaining({ errors: [{ field, rule: 'proven_source', value: 'c', message }] });
    const rests = `${field} must be b, whose bars the strategy's evidence rests on, was c`;
    expect(() => tradedSource(document, SPX, undefined, { series: [at('b', 'SPX', '1d')] })).toThrow(refusal(rests));
    const names = `${field} must be a, which the strategy's history anchor names, was c`;
    expect(() => tradedSource(document, SPX, { source: 'a' }, undefined)).toThrow(refusal(names));
  });
});
