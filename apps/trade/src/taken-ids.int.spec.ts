import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { priceStrategy } from '../test/documents';
import type { Answer, TradeStack } from '../test/trade-stack';
import { startTrade, storeBars } from '../test/trade-stack';

jest.setTimeout(90_000);

const AT_ONCE = 12;

describe('an id that many send at once', () => {
  let trade: TradeStack;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    await storeBars(trade.sql, { symbol: 'RACE', dates: ['2024-05-30', '2024-05-31'], closes: [5, 6] });
  });
  afterAll(() => trade?.close());

  /** Half of them of one user, half of another. */
  const send = (method: string, path: string, body: (i: number) => object): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        trade.call(method, path, body(i), { user: i % 2 === 0 ? trade.owner : trade.other }),
      ),
    );
  const statuses = (answers: Answer[], mine: boolean): number[] =>
    answers.filter((_, i) => (i % 2 === 0) === mine).map(({ status }) => status);
  /** One of them has it; to its user's others the id is taken, to the other user it does not exist. */
  const expectOneWinner = (answers: Answer[], ownerOfWinner: boolean): void => {
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(statuses(answers, ownerOfWinner).sort()).toEqual([201, ...Array<number>(AT_ONCE / 2 - 1).fill(409)]);
    expect(new Set(statuses(answers, !ownerOfWinner))).toEqual(new Set([404]));
    for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('already_exists');
  };
  const isOwners = (answers: Answer[]): boolean => answers.findIndex(({ status }) => status === 201) % 2 === 0;

  it('becomes one account', async () => {
    const account_id = newId();
    const answers = await send('POST', '/accounts', () => ({ account_id, broker: 'FUTU' }));
    expectOneWinner(answers, isOwners(answers));
    const { rows } = await trade.sql.query('SELECT owner_id FROM trade.account WHERE account_id = $1', [account_id]);
    expect(rows).toEqual([{ owner_id: (isOwners(answers) ? trade.owner : trade.other).id }]);
  });

  it('becomes one strategy of one user, whatever revision they name', async () => {
    const strategy_id = newId();
    const answers = await send('POST', '/strategies', (i) => ({
      ...priceStrategy('RACE'),
      strategy_id,
      version: 1 + (i % 3),
    }));
    const winner = isOwners(answers);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(statuses(answers, winner))).toEqual(new Set([200, 201]));
    expect(new Set(statuses(answers, !winner))).toEqual(new Set([404]));
    const { rows } = await trade.sql.query('SELECT owner_id, revision FROM bt.strategy WHERE strategy_id = $1', [
      strategy_id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('becomes one deployment', async () => {
    const { body: strategy } = await trade.call('POST', '/strategies', priceStrategy('RACE'));
    const deployment_id = newId();
    const deployment = {
      deployment_id,
      strategy_id: strategy.strategy_id,
      broker: 'FUTU',
      ticker: 'US.RACE',
      qty: 1,
      schedule: 'daily_close',
    };
    const answers = await send('POST', '/deployments', () => deployment);
    const mine = statuses(answers, true);
    expect([...mine].sort()).toEqual([201, ...Array<number>(AT_ONCE / 2 - 1).fill(409)]);
    expect(new Set(statuses(answers, false))).toEqual(new Set([404]));
  });

  it('becomes one ticker mapping, and one FX rate however often it is put', async () => {
    const mapping = { data_ticker: 'RACE', broker: 'FUTU', broker_ticker: 'US.RACE', market: 'US' };
    const mappings = await Promise.all(
      Array.from({ length: AT_ONCE }, () => trade.call('POST', '/ticker-mappings', mapping)),
    );
    expect(mappings.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(AT_ONCE - 1).fill(409)]);
    const rate = { currency: 'HKD', as_of: '2026-01-02', usd_per_unit: '0.128' };
    const rates = await Promise.all(Array.from({ length: AT_ONCE }, () => trade.call('PUT', '/fx-rates', rate)));
    expect(new Set(rates.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('sets one first trade password: the others did not know what is set', async () => {
    const user = await testing.createTestUser(trade.database.url);
    const holder = await trade.sql.connect();
    // All have seen that none is set before the first of them can set one.
    await holder.query('BEGIN; LOCK TABLE trade.trade_password IN SHARE MODE');
    const sent = Array.from({ length: 4 }, (_, i) =>
      trade.call('PUT', '/me/trade-password', { new_password: `a long trade password ${i}` }, { user }),
    );
    await testing.eventually('four that wait', async () => {
      const { rows } = await trade.sql.query(
        `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'trade.trade_password'::regclass`,
      );
      return rows[0].n === 4;
    });
    await holder.query('COMMIT');
    holder.release();
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403, 403, 403]);
  });
});
