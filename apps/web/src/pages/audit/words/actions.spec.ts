import { actionWords, factsWords, isNotable, readKind } from './actions';

describe('the audit in words', () => {
  it('names what was done, also what it does not know', () => {
    expect(actionWords('key.revoked')).toBe('API key revoked');
    expect(actionWords('venue.opened')).toBe('Venue opened');
  });

  it('tells the facts in a line, without ids that say nothing', () => {
    expect(factsWords({ user_id: 'u', scopes: ['trade:read', 'trade:write'], role: 'x' })).toBe(
      'scopes trade:read, trade:write; role x',
    );
    expect(factsWords({ reason: 'a drill', to: 'HALTED', from: 'ACTIVE', account: 'Paper' })).toBe(
      'account Paper; from ACTIVE; to HALTED; reason a drill',
    );
    expect(factsWords(null)).toBe('');
  });

  it('points out refusals, live trading and new administrators', () => {
    expect(isNotable('login.refused', null)).toBe(true);
    expect(isNotable('live.confirmed', {})).toBe(true);
    expect(isNotable('user.created', { role: 'admin' })).toBe(true);
    expect(isNotable('user.created', { role: 'viewer' })).toBe(false);
    expect(isNotable('key.created', null)).toBe(false);
  });

  it('takes kinds from the address that it knows', () => {
    expect(readKind('key.')).toBe('key.');
    expect(readKind('x')).toBeUndefined();
  });
});
