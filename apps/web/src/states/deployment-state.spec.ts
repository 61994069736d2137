import { runsRefused } from './deployment-state';

describe('a deployment whose account is halted', () => {
  it('has its runs refused while it is active, and no other has', () => {
    const of = (status: string, trading_state: string | null) => runsRefused({ status, trading_state });
    expect(of('active', 'HALTED')).toBe(true);
    for (const account of ['ACTIVE', 'REDUCING', null]) expect(of('active', account)).toBe(false);
    for (const status of ['paused', 'stopped', 'created']) expect(of(status, 'HALTED')).toBe(false);
  });
});
