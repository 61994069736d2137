import { actionWords, factsWords, isNotable, linkOf, readKind } from './actions';

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

  it('tells a change by what each field was and is, and no ids', () => {
    const changes = { qty: { from: '2', to: '3' }, 'risk_limits.stop_loss_pct': { from: 4, to: null } };
    expect(factsWords({ ticker: 'AAPL', paper: true, changes, account_id: 'a' })).toBe(
      'ticker AAPL; paper yes; qty from 2 to 3, stop loss pct from 4 to none',
    );
  });

  it('leads to what was acted on', () => {
    expect(linkOf('deployment.paused', 'd', { ticker: 'AAPL' })).toEqual({
      ...{ to: '/deployments/$id', id: 'd', label: 'AAPL' },
    });
    expect(linkOf('strategy.promoted', 's', { name: 'Trend' })).toMatchObject({
      to: '/strategies/$id',
      label: 'Trend',
    });
    expect(linkOf('strategy.stored', 's', { name: 'Trend' })).toBeUndefined();
    expect(linkOf('account.trading_state', 'a', { account: 'Main' })).toEqual({ to: '/settings', label: 'Main' });
    expect(linkOf('key.created', 'k', null)).toBeUndefined();
    expect(linkOf('login.refused', null, null)).toBeUndefined();
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
