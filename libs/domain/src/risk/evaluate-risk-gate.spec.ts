import { DAY_MS } from '@assay/primitives';
import fc from 'fast-check';
import { effectiveRiskLimits } from '../deployment';
import { evaluateFlatten, evaluateRiskGate, RISK_CHECKS, type RiskCheckName, type RiskGateInput } from './index';

const NOW = Date.UTC(2026, 0, 5, 21, 5);
const CLOSE = Date.UTC(2026, 0, 5, 21);

/** Everything in order; flat, and the signal says long 100 at a price of 50. */
const good: RiskGateInput = {
  trigger: 'bar',
  nowMs: NOW,
  facts: { status: 'active', enabled: true, tradingState: 'ACTIVE', sync: 'in_sync' },
  nativeReduceOnly: false,
  connection: { reachable: true, tradable: true },
  data: { lastCloseMs: CLOSE, expectedCloseMs: CLOSE },
  signal: 1,
  joined: true,
  averagePrice: null,
  lastPrice: '50',
  latch: null,
  limits: effectiveRiskLimits({ max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 5 }),
  orders: { size: '100', position: '0', openOrders: [], inForce: null, lot: '1', allowShort: true },
  cash: { available: '6000', costBps: 5 },
  entriesToday: 0,
  fx: 'usd',
  maxFxAgeMs: DAY_MS,
  account: {
    equity: '10000',
    dayStartEquity: '10000',
    peakEquity: '10000',
    grossExposure: '0',
    netExposure: '0',
    ordersLastMinute: 0,
    limits: { maxDailyLossPct: 5, maxDrawdownPct: 20, maxGross: 2, maxNet: 1, maxOrdersPerMinute: 10 },
  },
};
const orders = (change: Partial<RiskGateInput['orders']>) => ({ orders: { ...good.orders, ...change } });
const limits = (change: Partial<RiskGateInput['limits']>) => ({ limits: { ...good.limits, ...change } });
const account = (change: object) => ({ account: { ...good.account!, ...change } });
const run = (change: Partial<RiskGateInput>) => evaluateRiskGate({ ...good, ...change });
const record = (change: Partial<RiskGateInput>, check: RiskCheckName) =>
  run(change).checks.find((one) => one.check === check)!;

/** One way to fail each check, all independent of each other. */
const failures: [RiskCheckName, Partial<RiskGateInput>, string, string][] = [
  ['kill_switch', { facts: { ...good.facts, enabled: false } }, 'rejected', 'disabled'],
  ['connection', { connection: { reachable: false, tradable: false } }, 'rejected', 'not_reachable'],
  ['data', { data: { lastCloseMs: CLOSE - 1, expectedCloseMs: CLOSE } }, 'rejected', 'stale_data'],
  ['cash', { cash: { available: '5002.49', costBps: 5 } }, 'rejected', 'insufficient_cash'],
  ['max_position', limits({ max_position_usd: '4999.99' }), 'rejected', 'max_position'],
  ['max_daily_trades', { entriesToday: 10 }, 'rejected', 'max_daily_trades'],
  ['account_limits', account({ ordersLastMinute: 10 }), 'rejected', 'order_rate'],
];

describe('the risk gate', () => {
  it('approves when nothing fails, and records every check in its order with numbers', () => {
    const result = run({});
    expect(result).toMatchObject({ verdict: 'order', code: 'approved', signal: 1, target: '100', stopped: false });
    expect(result.legs).toEqual([{ leg: 'open', side: 'BUY', qty: '100', reducing: false, afterClose: false }]);
    expect(result.checks.map((check) => check.check)).toEqual([...RISK_CHECKS]);
    expect(result.checks.every((check) => check.passed)).toBe(true);
    expect(record({}, 'cash')).toEqual({ check: 'cash', passed: true, code: null, actual: '5002.5', limit: '6000' });
    expect(record({}, 'max_position')).toMatchObject({ actual: '5000', limit: '10000' });
    expect(record({}, 'max_daily_trades')).toMatchObject({ actual: 1, limit: 10 });
  });

  it.each(failures)('fails %s alone and records it', (check, change, verdict, code) => {
    const result = run(change);
    expect([result.verdict, result.code]).toEqual([verdict, code]);
    expect(result.checks.filter((one) => !one.passed).map((one) => one.check)).toEqual([check]);
  });

  it('takes what open intents have reserved off the cash, to the cent', () => {
    const cash = (reserved: string) => ({ cash: { available: '6000', reserved, costBps: 5 } });
    expect(run(cash('997.50')).code).toBe('approved');
    expect(run(cash('997.51')).code).toBe('insufficient_cash');
    expect(record(cash('997.51'), 'cash')).toMatchObject({ actual: '5002.5', limit: '5002.49' });
  });

  it('lets the first failure in the ruled order decide, and records the others all the same', () => {
    const subset = fc.subarray(failures, { minLength: 2 });
    fc.assert(
      fc.property(subset, (chosen) => {
        const result = run(Object.assign({}, ...chosen.map(([, change]) => change)) as Partial<RiskGateInput>);
        expect(result.code).toBe(chosen[0][3]);
        expect(result.checks.filter((one) => !one.passed).map((one) => one.check)).toEqual(
          chosen.map(([check]) => check),
        );
      }),
    );
  });

  it('has the ruled order, wherever another check stands between', () => {
    const ruled: readonly RiskCheckName[] = [
      'kill_switch',
      'connection',
      'data',
      'signal',
      'stop_loss',
      'duplicate',
      'cash',
      'max_position',
      'max_daily_trades',
      'account_limits',
    ];
    expect(RISK_CHECKS.filter((check) => ruled.includes(check))).toEqual(ruled);
  });
});

describe('the signal', () => {
  it.each([0.5, 2, -2, NaN, Infinity])('%d is rejected', (signal) => {
    expect(run({ signal })).toMatchObject({ verdict: 'rejected', code: 'invalid_signal', legs: [], signal: null });
  });

  it('that is not there holds as insufficient_data', () => {
    expect(run({ signal: null })).toMatchObject({ verdict: 'hold', code: 'insufficient_data', legs: [], signal: null });
  });

  it('without any bar holds as insufficient_data', () => {
    expect(run({ signal: null, data: { lastCloseMs: null, expectedCloseMs: CLOSE }, lastPrice: null })).toMatchObject({
      verdict: 'hold',
      code: 'insufficient_data',
    });
  });

  it('from a bar that is not closed is rejected', () => {
    expect(run({ data: { lastCloseMs: NOW + 1, expectedCloseMs: CLOSE } }).code).toBe('bar_not_closed');
  });

  it('acted on already holds', () => {
    const held = orders({ position: '100', inForce: { signal: 1, quantity: '100' } });
    expect(run({ ...held, averagePrice: '50' })).toMatchObject({ verdict: 'hold', code: 'already_held' });
  });

  it('before the next entry holds, and orders nothing', () => {
    expect(run({ joined: false })).toMatchObject({ verdict: 'hold', code: 'awaiting_next_entry', legs: [] });
  });
});

describe('the stop', () => {
  const losing = {
    ...orders({ position: '100', inForce: { signal: 1, quantity: '100' } }),
    averagePrice: '60',
    lastPrice: '50',
  };

  it('fires on an unchanged signal, before the duplicate guard, and latches', () => {
    const result = run(losing);
    expect(result).toMatchObject({ verdict: 'order', code: 'stop_loss', signal: 0, stopped: true, target: '0' });
    expect(result.latch).toEqual({ signal: 1, atMs: NOW });
    expect(result.legs).toEqual([{ leg: 'close', side: 'SELL', qty: '100', reducing: true, afterClose: false }]);
    expect(result.checks.filter((one) => !one.passed).map((one) => one.check)).toEqual(['stop_loss']);
  });

  it('is never blocked by cash, position, trade or account limits', () => {
    const tight = {
      cash: { available: null, costBps: 5 },
      ...limits({ max_position_usd: '0', max_daily_trades: 0 }),
      ...account({ equity: '1' }),
    };
    expect(run({ ...losing, ...tight })).toMatchObject({ verdict: 'order', code: 'stop_loss' });
  });

  it('exits where entries are forbidden, but not where nothing may act', () => {
    expect(run({ ...losing, facts: { ...good.facts, status: 'paused' } }).verdict).toBe('order');
    expect(run({ ...losing, facts: { ...good.facts, tradingState: 'HALTED' } })).toMatchObject({
      verdict: 'rejected',
      code: 'halted',
    });
    const frozen = { ...losing, facts: { ...good.facts, sync: 'frozen' as const } };
    expect(run(frozen)).toMatchObject({ verdict: 'rejected', code: 'frozen' });
    expect(run({ ...frozen, nativeReduceOnly: true }).verdict).toBe('order');
  });

  it('keeps a stopped target flat until the signal is another', () => {
    const latched = {
      ...orders({ inForce: { signal: 0, quantity: '0' } }),
      latch: { signal: 1, atMs: 1 } as const,
    };
    expect(run(latched)).toMatchObject({ verdict: 'hold', code: 'stop_latched', latch: { signal: 1 } });
    expect(run({ ...latched, signal: -1 })).toMatchObject({ verdict: 'order', code: 'approved', latch: null });
  });

  it('closes again when the first closing order failed', () => {
    const latched = { ...losing, lastPrice: '70', latch: { signal: 1, atMs: 1 } as const };
    expect(run(latched)).toMatchObject({ verdict: 'order', code: 'stop_latched', target: '0' });
  });

  it('does not latch on stale data or an invalid signal', () => {
    expect(run({ ...losing, data: { lastCloseMs: CLOSE - 1, expectedCloseMs: CLOSE } }).latch).toBeNull();
    expect(run({ ...losing, signal: 0.5 })).toMatchObject({ verdict: 'rejected', code: 'invalid_signal', latch: null });
  });

  it('as a watch between runs orders nothing until it fires', () => {
    const watch = { trigger: 'stop' as const };
    expect(run({ ...losing, ...watch, averagePrice: '51' })).toMatchObject({
      verdict: 'hold',
      code: 'stop_not_reached',
      legs: [],
    });
    expect(run(watch)).toMatchObject({ verdict: 'hold', code: 'stop_not_reached', legs: [] });
    expect(run({ ...losing, ...watch })).toMatchObject({ verdict: 'order', code: 'stop_loss' });
  });
});

describe('limits', () => {
  it('on a flip judge the close leg as an exit and leave the open leg for its own turn', () => {
    const flip = {
      signal: -1,
      ...orders({ position: '100' }),
      averagePrice: '50',
      ...limits({ max_daily_trades: 0 }),
      cash: { available: '0', costBps: 0 },
    };
    const result = run(flip);
    expect(result).toMatchObject({ verdict: 'order', code: 'approved' });
    expect(result.legs.map((leg) => [leg.leg, leg.afterClose])).toEqual([
      ['close', false],
      ['open', true],
    ]);
  });

  it('count the position with its open orders, at the last price, in dollars', () => {
    const openOrders = [{ clientOrderId: 'a', side: 'BUY' as const, remainingQty: '50', afterClose: false }];
    const more = orders({ position: '100', size: '200', openOrders, inForce: { signal: 1, quantity: '150' } });
    expect(record({ ...more, averagePrice: '50' }, 'max_position')).toMatchObject({ passed: true, actual: '10000' });
    expect(
      record({ ...more, averagePrice: '50', ...limits({ max_position_usd: '9999' }) }, 'max_position').passed,
    ).toBe(false);
    expect(record({ fx: { rate: '0.128', asOfMs: NOW } }, 'max_position').actual).toBe('640');
  });

  it('reject without a rate, with a stale one, without cash figures or a price', () => {
    expect(run({ fx: null }).code).toBe('fx_missing');
    expect(run({ fx: { rate: '1', asOfMs: NOW - 86_400_001 } }).code).toBe('fx_stale');
    expect(run({ cash: { available: null, costBps: 0 } }).code).toBe('cash_unknown');
    expect(run({ lastPrice: null }).code).toBe('price_unknown');
  });

  it('on daily trades allow the last one', () => {
    expect(run({ entriesToday: 9 }).verdict).toBe('order');
    expect(run(limits({ max_daily_trades: 0 })).code).toBe('max_daily_trades');
  });

  it.each<[string, object, string, string | null]>([
    ['a daily loss', { equity: '9500' }, 'daily_loss', 'REDUCING'],
    ['a drawdown', { peakEquity: '12500' }, 'drawdown', 'HALTED'],
    ['gross exposure', { grossExposure: '15000.01' }, 'gross_exposure', null],
    ['net exposure', { netExposure: '5000.01' }, 'net_exposure', null],
    ['the order rate', { ordersLastMinute: 10 }, 'order_rate', null],
  ])('of the account reject on %s', (_, change, code, state) => {
    const result = run(account(change));
    expect([result.verdict, result.code, result.accountAction?.tradingState ?? null]).toEqual([
      'rejected',
      code,
      state,
    ]);
  });

  it('of the account act on the account even when nothing is to be ordered', () => {
    expect(run({ signal: 0, ...account({ equity: '9000' }) })).toMatchObject({
      verdict: 'hold',
      accountAction: { tradingState: 'REDUCING', reason: 'daily_loss' },
    });
  });

  it('that are not set do not bind', () => {
    expect(run(account({ limits: {}, equity: '1' })).verdict).toBe('order');
    expect(run({ account: null }).verdict).toBe('order');
  });
});

describe('where entries are forbidden', () => {
  it.each([
    [{ status: 'paused' as const }, 'paused'],
    [{ tradingState: 'REDUCING' as const }, 'reducing'],
    [{ sync: 'drifted' as const }, 'drifted'],
  ])('%o rejects an entry, lets an exit go and leaves a hold a hold', (fact, code) => {
    const facts = { ...good.facts, ...fact };
    expect(run({ facts })).toMatchObject({ verdict: 'rejected', code });
    expect(run({ facts, signal: 0, ...orders({ position: '100' }), averagePrice: '50' }).verdict).toBe('order');
    expect(run({ facts, signal: 0 })).toMatchObject({ verdict: 'hold', code: 'already_flat' });
  });
});

describe('the manual flatten', () => {
  const held = { ...good, ...orders({ position: '-30' }), averagePrice: '50' };

  it('skips every check but the connection', () => {
    const disabled = { ...held, facts: { ...good.facts, enabled: false, tradingState: 'HALTED' as const } };
    expect(evaluateFlatten(disabled)).toMatchObject({
      verdict: 'order',
      code: 'flatten',
      legs: [{ leg: 'close', side: 'BUY', qty: '30' }],
      needsConfirmation: false,
    });
    expect(evaluateFlatten({ ...held, connection: { reachable: false, tradable: true } })).toMatchObject({
      verdict: 'rejected',
      code: 'not_reachable',
    });
  });

  it('holds when flat, and is refused before a live deployment is confirmed', () => {
    expect(evaluateFlatten(good)).toMatchObject({ verdict: 'hold', code: 'already_flat', legs: [] });
    expect(evaluateFlatten({ ...held, facts: { ...good.facts, status: 'created' } })).toMatchObject({
      verdict: 'rejected',
      code: 'not_confirmed',
    });
  });

  it('while frozen wants a confirmation where the venue has no reduce-only orders', () => {
    const frozen = { ...held, facts: { ...good.facts, sync: 'frozen' as const } };
    expect(evaluateFlatten(frozen)).toMatchObject({ verdict: 'order', needsConfirmation: true });
    expect(evaluateFlatten({ ...frozen, nativeReduceOnly: true })).toMatchObject({
      verdict: 'order',
      needsConfirmation: false,
    });
  });
});
