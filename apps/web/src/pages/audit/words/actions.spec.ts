import { actionWords, factsWords, isId, isNotable, linkOf, readKind } from './actions';

describe('the audit in words', () => {
  it('names what was done, also what it does not know', () => {
    expect(actionWords('key.revoked')).toBe('API key revoked');
    expect(actionWords('venue.opened')).toBe('Venue opened');
  });

  it('tells the facts in a line, without ids that say nothing', () => {
    expect(factsWords({ user_id: 'u', scopes: ['trade:read', 'trade:write'], role: 'x' })).toBe(
      'scopes trade:read, trade:write; role x',
    );
    const id = '0198c5a4-93d1-7cc5-8f1e-0242ac120002';
    expect(factsWords({ venue_order: id, venue: 'PAPER' })).toBe('venue PAPER');
    expect([isId(id), isId('sign-in code')]).toEqual([true, false]);
    expect(factsWords({ paper: false })).toBe('with real money');
    expect(factsWords(null)).toBe('');
  });

  it('tells a change by what each field was and is, and no ids', () => {
    const changes = { qty: { from: '2', to: '3' }, 'risk_limits.stop_loss_pct': { from: 4, to: null } };
    expect(factsWords({ ticker: 'AAPL', paper: true, changes, account_id: 'a' })).toBe(
      'ticker AAPL; on paper; qty from 2 to 3, stop loss pct from 4 to none',
    );
  });

  it('tells a halt and its end with the account and the reason', () => {
    const halt = { reason: 'a drill', to: 'HALTED', from: 'ACTIVE', account: 'Paper' };
    const told = (facts: object) => [
      actionWords('account.trading_state', { ...facts }),
      factsWords({ ...facts }, 'account.trading_state'),
    ];
    expect(told(halt)).toEqual(['Halted', 'account Paper; reason a drill']);
    expect(told({ ...halt, from: 'HALTED', to: 'ACTIVE' })).toEqual(['Resumed', 'account Paper; reason a drill']);
    expect(told({ ...halt, to: 'REDUCING' })[0]).toBe('Set to exits only');
  });

  it('tells a deployment that was made from one that was started', () => {
    const made = { ticker: 'AAPL', paper: true, enabled: false };
    expect(actionWords('deployment.created', made)).toBe('Made, not started');
    expect(factsWords(made, 'deployment.created')).toBe('ticker AAPL; on paper');
    expect(actionWords('deployment.created', { paper: true })).toBe('Deployed');
    expect(actionWords('deployment.created', { paper: false })).toBe('Made, waits for its confirmation');
    expect(['started', 'switched_off', 'paused', 'resumed'].map((act) => actionWords(`deployment.${act}`))).toEqual([
      ...['Started', 'Switched off', 'Paused', 'Resumed'],
    ]);
    expect(actionWords('deployment.flattened', { held: '10' })).toBe('Position closed by hand');
    expect(actionWords('deployment.flattened', { held: '0' })).toBe('Waiting orders taken back by hand');
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
    expect(linkOf('live.refused', 'a', { account: 'Main' })).toEqual({ to: '/settings', label: 'Main' });
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
