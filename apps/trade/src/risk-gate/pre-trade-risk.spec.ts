import { RISK_CHECKS, type RiskGateResult } from '@assay/domain';
import { OrderDesk, sampleVenue } from '../../test/order-desk';
import { NOW, sampleIntent, sampleOrder } from '../../test/sample-rows';
import type { RiskQuestion } from './pre-trade-risk';
import { exitable, judgeRisk, syncOf } from './pre-trade-risk';

const nowMs = NOW.getTime();
const question: RiskQuestion = {
  trigger: 'bar',
  signal: 1,
  joined: true,
  size: '10',
  data: { lastCloseMs: nowMs, expectedCloseMs: nowMs },
  lastPrice: '100',
};

/** What pre-trade risk says on the records and the venue of the desk. */
async function judge(desk: OrderDesk, asked: Partial<RiskQuestion> = {}): Promise<RiskGateResult> {
  const { context, account } = desk;
  const facts = await desk.records.run(async (em) => {
    await desk.marks.keep(em, context, account);
    return desk.risk.read(em, context, { account });
  });
  return judgeRisk(context, facts, { ...question, ...asked });
}
const code = async (desk: OrderDesk, asked: Partial<RiskQuestion> = {}): Promise<string> => {
  const answer = await judge(desk, asked);
  return `${answer.verdict} ${answer.code}`;
};
const exits = { signal: 0 } as const;

it('an entry that nothing forbids is approved, and every check says so', async () => {
  const answer = await judge(new OrderDesk());
  expect(answer).toMatchObject({ verdict: 'order', code: 'approved', target: '10' });
  expect(answer.checks.map(({ check, passed }) => `${check} ${passed}`)).toEqual(
    RISK_CHECKS.map((check) => `${check} true`),
  );
});

describe('kill_switch', () => {
  it.each([
    [{ enabled: false }, {}, 'disabled'],
    [{ status: 'paused' }, {}, 'paused'],
    [{ status: 'stopped' }, {}, 'stopped'],
    [{ status: 'created' }, {}, 'not_confirmed'],
    [{ sync: 'drifted' }, {}, 'drifted'],
    [{}, { tradingState: 'HALTED' }, 'halted'],
    [{}, { tradingState: 'REDUCING' }, 'reducing'],
  ] as const)('refuses an entry of %j on %j', async (deployment, account, reason) => {
    expect(await code(new OrderDesk(deployment, account))).toBe(`rejected ${reason}`);
  });

  it('refuses an entry while an order of unknown fate blocks the symbol, and lets the venue reduce', async () => {
    const desk = new OrderDesk();
    const other = sampleIntent(desk.deployment, { deploymentId: 'other', state: 'unknown' });
    desk.records.tables.orders.push(sampleOrder(other, { state: 'UNKNOWN' }));
    expect(await code(desk)).toBe('rejected frozen');
    desk.holds('10');
    expect(await code(desk, exits)).toBe('order approved');
    desk.venue.capabilities.nativeReduceOnly = false;
    expect(await code(desk, exits)).toBe('rejected frozen');
  });

  it.each([{ status: 'paused' }, { sync: 'drifted' }] as const)('lets an exit of %j go', async (deployment) => {
    const desk = new OrderDesk(deployment);
    desk.holds('10');
    expect(await code(desk, exits)).toBe('order approved');
  });
});

describe('connection', () => {
  it.each([
    [{ reachable: false, tradable: true }, 'not_reachable'],
    [{ reachable: true, tradable: false }, 'not_tradable'],
  ])('refuses at a venue that is %j', async (health, reason) => {
    const desk = new OrderDesk();
    desk.venue = sampleVenue({ health: { ...health, clockSkewMs: 0 } });
    expect(await code(desk)).toBe(`rejected ${reason}`);
  });
});

describe('data', () => {
  it.each([
    ['is older than the one that should be there', nowMs - 1, nowMs, 'rejected stale_data'],
    ['has not closed', nowMs + 1, nowMs, 'rejected bar_not_closed'],
    ['is not there at all', null, nowMs, 'hold insufficient_data'],
  ])('refuses a bar that %s', async (_, lastCloseMs, expectedCloseMs, verdict) => {
    expect(await code(new OrderDesk(), { data: { lastCloseMs, expectedCloseMs } })).toBe(verdict);
  });
});

it('signal refuses what is no target', async () => {
  expect(await code(new OrderDesk(), { signal: 0.5 })).toBe('rejected invalid_signal');
});

describe('stop_loss', () => {
  it('forces an exit where the position has lost more than the limit of the deployment', async () => {
    const desk = new OrderDesk({ riskLimits: { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 9 } });
    desk.holds('10', '110', { targetSignal: 1, targetQty: '10' });
    const answer = await judge(desk);
    expect(answer).toMatchObject({ verdict: 'order', code: 'stop_loss', stopped: true, signal: 0 });
    expect(answer.latch).toEqual({ signal: 1, atMs: nowMs });
  });

  it('lets a loss within the limit be', async () => {
    const desk = new OrderDesk({ riskLimits: { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 10 } });
    desk.holds('10', '110', { targetSignal: 1, targetQty: '10' });
    expect(await judge(desk)).toMatchObject({ verdict: 'hold', stopped: false, latch: null });
  });

  it('holds a latched target flat', async () => {
    const desk = new OrderDesk();
    const { deploymentId } = desk.deployment;
    desk.records.tables.latches.push({ deploymentId, latchedSignal: 1, price: '90', lossPct: '9', latchedAt: NOW });
    expect(await code(desk)).toBe('hold stop_latched');
  });
});

it('duplicate holds a size that differs from the one in force by less than the band', async () => {
  const desk = new OrderDesk({ rebalanceBand: '0.2' });
  desk.holds('10', '100', { targetSignal: 1, targetQty: '10' });
  expect(await code(desk, { size: '11' })).toBe('hold already_held');
  expect(await code(desk, { size: '13' })).toBe('order approved');
});

it('duplicate holds while an order for the target is on its way, and while the first entry is awaited', async () => {
  const desk = new OrderDesk();
  expect(await code(desk, { joined: false })).toBe('hold awaiting_next_entry');
  desk.records.tables.intents.push(sampleIntent(desk.deployment, { state: 'working' }));
  expect((await judge(desk)).legs).toEqual([]);
});

it('duplicate holds a target that is in force', async () => {
  const desk = new OrderDesk();
  desk.holds('10', '100', { targetSignal: 1, targetQty: '10' });
  expect(await code(desk)).toBe('hold already_held');
});

describe('cash', () => {
  const with_ = (account: object): OrderDesk => {
    const desk = new OrderDesk();
    desk.venue = sampleVenue({ account: { ...sampleVenue().account!, ...account } });
    return desk;
  };

  it('must be there for the order, its fee and room for slippage', async () => {
    // 10 x 100 with 10 + 5 basis points
    expect(await code(with_({ availableCash: '1001.5' }))).toBe('order approved');
    expect(await code(with_({ availableCash: '1001.49' }))).toBe('rejected insufficient_cash');
  });

  it('is not there where the venue did not tell', async () => {
    const desk = new OrderDesk();
    desk.venue = sampleVenue({ account: null });
    expect(await code(desk)).toBe('rejected cash_unknown');
  });

  it('is not spent twice: what open entries reserve is off, unless the venue holds it already', async () => {
    const desk = with_({ availableCash: '2000' });
    const other = sampleIntent(desk.deployment, { deploymentId: 'other', symbol: 'SILVER', qty: '10' });
    desk.records.tables.deployments.push({ ...desk.deployment, deploymentId: 'other', ticker: 'SILVER' });
    desk.records.tables.intents.push(other);
    expect(await code(desk)).toBe('rejected insufficient_cash');
    desk.venue = { ...desk.venue, atVenue: new Set([other.clientOrderId]) };
    expect(await code(desk)).toBe('order approved');
  });

  it('never blocks an exit', async () => {
    const desk = with_({ availableCash: '0' });
    desk.holds('10');
    expect(await code(desk, exits)).toBe('order approved');
  });
});

describe('max_position', () => {
  const limited = (max_position_usd: string): OrderDesk =>
    new OrderDesk({ riskLimits: { max_position_usd, max_daily_trades: 10, stop_loss_pct: 5 } });

  it('counts the position that would be, in dollars', async () => {
    expect(await code(limited('1000'))).toBe('order approved');
    expect(await code(limited('999.99'))).toBe('rejected max_position');
  });

  it('needs a rate of a currency that is no dollar, not older than a week', async () => {
    const desk = limited('128');
    desk.venue.instrument.currency = 'HKD';
    expect(await code(desk)).toBe('rejected fx_missing');
    desk.fx = { rate: '0.128', asOf: '2024-05-15' };
    expect(await code(desk)).toBe('order approved');
    desk.fx = { rate: '0.1281', asOf: '2024-05-15' };
    expect(await code(desk)).toBe('rejected max_position');
    desk.fx = { rate: '0.128', asOf: '2024-05-08' };
    expect(await code(desk)).toBe('rejected fx_stale');
  });

  it.each(['USD', 'USDT', 'USDC'])('takes %s for dollars', async (currency) => {
    const desk = limited('1000');
    desk.venue.instrument.currency = currency;
    expect(await code(desk)).toBe('order approved');
  });

  it('needs a price', async () => {
    expect(await code(new OrderDesk(), { lastPrice: null })).toBe('rejected price_unknown');
  });
});

it('max_daily_trades counts the entries of the day', async () => {
  const desk = new OrderDesk({ riskLimits: { max_position_usd: '10000', max_daily_trades: 1, stop_loss_pct: 5 } });
  expect(await code(desk)).toBe('order approved');
  const before = sampleIntent(desk.deployment, { state: 'done' });
  const order = sampleOrder(before, { state: 'FILLED' });
  const { orderId, deploymentId, accountId } = order;
  const fill = { fillId: 'f', orderId, deploymentId, accountId, venueFillId: 'v', side: 'BUY', qty: '10' } as const;
  desk.records.tables.intents.push(before);
  desk.records.tables.orders.push(order);
  desk.records.tables.fills.push({ ...fill, price: '100', fee: '0', filledAt: new Date(nowMs - 1_000) });
  expect(await code(desk)).toBe('rejected max_daily_trades');
  desk.records.tables.fills[0]!.filledAt = new Date('2024-05-14T18:00:00Z');
  expect(await code(desk)).toBe('order approved');
});

describe('account_limits', () => {
  it.each([
    ['loss of the day', { max_daily_loss_pct: 1 }, 'daily_loss'],
    ['fall from the highest equity', { max_drawdown_pct: 1 }, 'drawdown'],
    ['gross exposure', { max_gross_exposure: 0.009 }, 'gross_exposure'],
    ['net exposure', { max_net_exposure: 0.009 }, 'net_exposure'],
    ['orders in a minute', { max_orders_per_minute: 1 }, 'order_rate'],
  ])('refuse an entry beyond the %s', async (_, limits, reason) => {
    const desk = new OrderDesk({}, { limits, peakEquity: '110000' });
    const { accountId } = desk.account;
    desk.records.tables.accountDays.push({ accountId, tradingDay: '2024-05-15', startEquity: '110000' });
    const sent = sampleIntent(desk.deployment, { deploymentId: 'other', state: 'done' });
    desk.records.tables.orders.push(sampleOrder(sent, { state: 'FILLED', sentAt: NOW }));
    expect(await code(desk)).toBe(`rejected ${reason}`);
  });

  it('count what other deployments hold and reserve on the account', async () => {
    const desk = new OrderDesk({}, { limits: { max_gross_exposure: 0.025, max_net_exposure: 0.025 } });
    expect(await code(desk)).toBe('order approved');
    const other = { ...desk.deployment, deploymentId: 'other', ticker: 'SILVER' };
    desk.records.tables.deployments.push(other);
    desk.records.tables.intents.push(sampleIntent(other, { qty: '10', state: 'working' }));
    expect(await code(desk)).toBe('order approved');
    const { accountId } = desk.account;
    await desk.records.run((em) =>
      desk.positions.book(
        em,
        { deploymentId: 'other', accountId, symbol: 'SILVER' },
        null,
        { qty: '-10', averagePrice: '100', realisedPnl: '0', fees: '0' },
        NOW,
      ),
    );
    const answer = await judge(desk);
    // 10 held short, 10 reserved, 10 wanted: 3000 gross, 1000 net of 100000
    expect(answer).toMatchObject({ verdict: 'rejected', code: 'gross_exposure' });
    expect(answer.checks).toContainEqual(
      expect.objectContaining({ check: 'account_limits', actual: '3000', limit: '2500' }),
    );
    desk.account.limits = { max_net_exposure: 0.01 };
    expect(await code(desk)).toBe('order approved');
  });

  it('are not judged where the account has none, or the venue does not tell its equity', async () => {
    const limits = { max_orders_per_minute: 1 };
    const desk = new OrderDesk({}, { limits });
    desk.venue = sampleVenue({ health: { reachable: false, tradable: false, clockSkewMs: 0 } });
    const facts = await desk.records.run((em) => desk.risk.read(em, desk.context, { account: desk.account }));
    expect(facts.accountFacts).toBeNull();
  });

  it('measure from the equity of now on a day that has none yet', async () => {
    const desk = new OrderDesk({}, { limits: { max_daily_loss_pct: 1, max_drawdown_pct: 1 } });
    expect(await code(desk)).toBe('order approved');
  });

  it('are not judged on a day that nobody has opened', async () => {
    const desk = new OrderDesk({}, { limits: { max_daily_loss_pct: 1 } });
    const { context, account } = desk;
    await expect(desk.records.run((em) => desk.risk.read(em, context, { account }))).rejects.toThrow('was not opened');
  });
});

describe('short positions', () => {
  it.each([
    ['the venue', (desk: OrderDesk) => (desk.venue.capabilities.short = false)],
    ['the account', (desk: OrderDesk) => (desk.account.canShort = false)],
  ])('are not entered where %s has none', async (_, forbid) => {
    const desk = new OrderDesk();
    expect(await code(desk, { signal: -1 })).toBe('order approved');
    forbid(desk);
    expect(await code(desk, { signal: -1 })).toBe('hold short_not_allowed');
  });
});

it('an order of unknown fate that adds to the position does not keep us from closing it', () => {
  const order = { clientOrderId: 'a', side: 'BUY', remainingQty: '1', afterClose: false, unknown: true } as const;
  expect(exitable([order], '0')).toEqual([order]);
  expect(exitable([order], '5')).toEqual([]);
  expect(exitable([order], '-5')).toEqual([order]);
  expect(exitable([{ ...order, unknown: false }], '5')).toHaveLength(1);
});

it.each([
  ['in_sync', true, 'frozen'],
  ['frozen', false, 'in_sync'],
  ['drifted', false, 'drifted'],
  ['drifted', true, 'frozen'],
] as const)('a deployment that is %s, with an unknown order %s, is %s', (sync, frozen, expected) => {
  expect(syncOf({ sync }, frozen)).toBe(expected);
});
