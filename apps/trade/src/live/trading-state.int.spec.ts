import * as testing from '@assay/testing';
import type { TestUser, TradeStack } from '../../test/trade-stack';
import { startTrade } from '../../test/trade-stack';

jest.setTimeout(90_000);

const PASSWORD = 'a long trade password';

describe('the trading state of an account', () => {
  let trade: TradeStack;
  let writer: TestUser;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    writer = await testing.createTestUser(trade.database.url, 'trader', ['trade:read', 'trade:write']);
    const password = await trade.call('PUT', '/me/trade-password', { new_password: PASSWORD }, { user: trade.other });
    expect(password.status).toBe(204);
  });
  afterAll(() => trade?.close());

  const open = async (user: TestUser, paper: boolean): Promise<string> =>
    (await trade.call('POST', '/accounts', { broker: paper ? 'PAPER' : 'BYBIT', paper }, { user })).body.account_id;
  const set = async (user: TestUser, id: string, trading_state: string, more: object = {}) => {
    const body = { trading_state, reason: 'test', ...more };
    const answer = await trade.call('POST', `/accounts/${id}/trading-state`, body, { user });
    return [answer.status, answer.body.code ?? answer.body.trading_state];
  };
  const state = async (user: TestUser, id: string): Promise<string> =>
    (await trade.call('GET', `/accounts/${id}`, undefined, { user })).body.trading_state;

  it('of a live account is loosened by nobody who may not trade live, password or not, and halted by who may write', async () => {
    const id = await open(writer, false);
    expect(await set(writer, id, 'REDUCING')).toEqual([200, 'REDUCING']);
    expect(await set(writer, id, 'HALTED')).toEqual([200, 'HALTED']);
    for (const next of ['REDUCING', 'ACTIVE'])
      for (const more of [{}, { trade_password: PASSWORD }])
        expect(await set(writer, id, next, more)).toEqual([403, 'forbidden']);
    expect(await state(writer, id)).toBe('HALTED');
    expect(await set(writer, id, 'HALTED')).toEqual([200, 'HALTED']);
  });

  it('of a live account is loosened with the trade password alone', async () => {
    const user = trade.other;
    const id = await open(user, false);
    await set(user, id, 'HALTED');
    expect(await set(user, id, 'ACTIVE')).toEqual([409, 'confirmation_required']);
    expect(await set(user, id, 'REDUCING', { trade_password: 'wrong' })).toEqual([403, 'confirmation_failed']);
    expect(await state(user, id)).toBe('HALTED');
    expect(await set(user, id, 'REDUCING', { trade_password: PASSWORD })).toEqual([200, 'REDUCING']);
    expect(await set(user, id, 'ACTIVE', { trade_password: PASSWORD })).toEqual([200, 'ACTIVE']);
    const { body } = await trade.call('GET', '/auth/audit', undefined, { user });
    expect(body.items.map(({ action }: { action: string }) => action).reverse()).toEqual([
      ...['live.password_set', 'account.created', 'account.trading_state', 'live.refused'],
      ...['account.trading_state', 'account.trading_state'],
    ]);
  });

  it('takes five guesses of the trade password, whatever is right about the sixth', async () => {
    const user = trade.other;
    const id = await open(user, false);
    await set(user, id, 'HALTED');
    for (let i = 0; i < 5; i += 1)
      expect(await set(user, id, 'ACTIVE', { trade_password: `guess ${i}` })).toEqual([403, 'confirmation_failed']);
    expect(await set(user, id, 'ACTIVE', { trade_password: PASSWORD })).toEqual([403, 'confirmation_failed']);
    expect(await state(user, id)).toBe('HALTED');
  });

  it('of a paper account needs neither', async () => {
    const id = await open(writer, true);
    for (const next of ['HALTED', 'REDUCING', 'ACTIVE']) expect(await set(writer, id, next)).toEqual([200, next]);
  });
});
