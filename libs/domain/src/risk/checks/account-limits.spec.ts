import { entry, exit } from '../../fixtures/order-legs';
import { accountAction, checkAccountLimits, type AccountFacts } from './account-limits';

const account = (change: Partial<AccountFacts> = {}): AccountFacts => ({
  equity: '10000',
  dayStartEquity: '10000',
  peakEquity: '10000',
  grossExposure: '0',
  netExposure: '0',
  ordersLastMinute: 0,
  limits: { maxDailyLossPct: 5, maxDrawdownPct: 20, maxGross: 2, maxNet: 1, maxOrdersPerMinute: 10 },
  ...change,
});
const record = (change: Partial<AccountFacts>, leg = entry, value: string | null = '5000') =>
  checkAccountLimits(leg, account(change), value).record;

describe('the limits of an account', () => {
  it('pass an order that reaches them, and show its gross exposure', () => {
    expect(record({ grossExposure: '15000', netExposure: '5000', ordersLastMinute: 9 })).toEqual({
      check: 'account_limits',
      passed: true,
      code: null,
      actual: '20000',
      limit: '20000',
    });
  });

  it('reject what goes beyond, by the first limit that is broken', () => {
    expect(record({ grossExposure: '15000.01' })).toMatchObject({ code: 'gross_exposure', actual: '20000.01' });
    expect(record({ netExposure: '5000.01' })).toMatchObject({ code: 'net_exposure', actual: '10000.01' });
    expect(record({ ordersLastMinute: 10, grossExposure: '99999' })).toMatchObject({ code: 'order_rate', actual: 11 });
    expect(record({ equity: '9500', ordersLastMinute: 10 })).toMatchObject({ code: 'daily_loss', actual: 5 });
    expect(record({ equity: '8000' })).toMatchObject({ code: 'drawdown', actual: 20, limit: 20 });
  });

  it('take a sale off the net exposure and add it to the gross one', () => {
    const sale = { ...entry, side: 'SELL' } as const;
    expect(record({ netExposure: '14000', grossExposure: '15000' }, sale)).toMatchObject({ passed: true });
    expect(record({ netExposure: '-5000.01' }, sale)).toMatchObject({ code: 'net_exposure' });
  });

  it('know nothing of exposure without a price, and bind nothing that is not set', () => {
    expect(record({}, entry, null).code).toBe('price_unknown');
    expect(record({ limits: {} }, entry, null)).toMatchObject({ passed: true });
    expect(checkAccountLimits(entry, null, null).record).toMatchObject({ passed: true, code: 'no_limits' });
  });

  it('let an exit go', () => {
    expect(record({ equity: '1' }, exit)).toMatchObject({ passed: true, code: 'exit' });
  });
});

describe('what a loss makes of the account', () => {
  it('is REDUCING after a day of losses and HALTED after a drawdown, which goes before', () => {
    expect(accountAction(account())).toBeNull();
    expect(accountAction(account({ equity: '9500.01' }))).toBeNull();
    expect(accountAction(account({ equity: '9500' }))).toEqual({ tradingState: 'REDUCING', reason: 'daily_loss' });
    expect(accountAction(account({ equity: '8000' }))).toEqual({ tradingState: 'HALTED', reason: 'drawdown' });
  });

  it('is nothing without equity to lose or a limit', () => {
    expect(accountAction(account({ peakEquity: '0', dayStartEquity: '0', equity: '-5' }))).toBeNull();
    expect(accountAction(account({ equity: '1', limits: {} }))).toBeNull();
  });
});
