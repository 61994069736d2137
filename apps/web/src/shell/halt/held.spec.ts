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
