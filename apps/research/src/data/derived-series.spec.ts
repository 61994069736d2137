import { derivedSource } from './derived-series';

describe('the source of derived bars', () => {
  it('is the stated one, otherwise the one by default', () => {
    expect(derivedSource('mine', 'joined.csv')).toBe('mine');
    expect(derivedSource(undefined, 'joined.csv')).toBe('joined.csv');
  });

  it('has to be stated where the one by default is too long for a source', () => {
    const long = `joined.${'x'.repeat(60)}`;
    expect(() => derivedSource(undefined, long)).toThrow(
      `into must be given, since ${long} has more than 64 characters`,
    );
    expect(derivedSource('mine', long)).toBe('mine');
  });
});
