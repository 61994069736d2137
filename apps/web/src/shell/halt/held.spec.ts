import { loosensLive } from './accounts';
import { heldWords, isHeld } from './held';

const one = (trading_state: 'ACTIVE' | 'REDUCING' | 'HALTED', purpose: 'trading' | 'replay' = 'trading') => ({
  trading_state,
  purpose,
});

describe('what the header says of accounts', () => {
  it.each([
    [[], null],
    [[one('ACTIVE')], null],
    [[one('HALTED')], 'Halted'],
    [[one('HALTED'), one('ACTIVE', 'replay')], 'Halted'],
    [[one('ACTIVE'), one('HALTED', 'replay')], null],
    [[one('ACTIVE'), one('HALTED'), one('REDUCING')], '1 of 3 halted'],
    [[one('ACTIVE'), one('REDUCING')], '1 of 2 reducing'],
    [[one('REDUCING')], 'Reducing'],
  ])('%j: %s', (accounts, words) => {
    expect(heldWords(accounts)).toBe(words);
    expect(accounts.some(isHeld)).toBe(words !== null);
  });
});

describe('what takes the trade password', () => {
  const states = ['HALTED', 'REDUCING', 'ACTIVE'] as const;
  const loosening = (paper: boolean) =>
    states.flatMap((from) =>
      states.filter((to) => loosensLive({ paper, trading_state: from }, to)).map((to) => `${from} to ${to}`),
    );

  it('is a live account that may trade more than before, never a halt nor paper', () => {
    expect(loosening(false)).toEqual(['HALTED to REDUCING', 'HALTED to ACTIVE', 'REDUCING to ACTIVE']);
    expect(loosening(true)).toEqual([]);
  });
});
