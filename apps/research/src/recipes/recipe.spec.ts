import { madeRecipe } from '../../test/made-strategy';
import { onlySymbol } from './recipe';

describe('the symbol of a run', () => {
  it('is the only one of the universe', () => {
    expect(onlySymbol(madeRecipe())).toBe('SP500');
  });

  it('has to be settled where there are several', () => {
    expect(() => onlySymbol(madeRecipe({ universe: ['SP500', 'NDX'] }))).toThrow(
      expect.objectContaining({
        code: 'not_ready',
        message: expect.stringContaining('must hold exactly one symbol to be backtested, had SP500, NDX: ') as string,
      }),
    );
  });
});
