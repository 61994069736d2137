import type { PipelineDocument } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import type { TradeStack } from '../../test/trade-stack';
import { startTrade } from '../../test/trade-stack';

jest.setTimeout(90_000);

const pipeline = (strategyId: string): PipelineDocument => ({
  kind: 'pipeline',
  strategy_id: strategyId,
  name: 'above its mean',
  version: 1,
  ticker: 'GOLD',
  trading_period: 252,
  features: [{ pin: null, name: 'sma_5', plugin: 'sma', plugin_version: '1', params: { window: 5 } }],
  model: { pin: null, kind: 'rule.identity' },
  artifact: null,
  signal: {
    pin: null,
    rule_tree: {
      groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 1 }] }],
    },
    output_mode: 'discrete',
    position_mode: 'long_only',
  },
  sizing: { kind: 'fixed' },
  costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
});
const anchor = (source: string) => ({
  source,
  adjustment: 'none' as const,
  first_bar: '2020-01-02T00:00:00.000Z',
});
const artifact = (digit: string) => ({
  uri: `artifact:sha256/${digit.repeat(64)}`,
  sha256: digit.repeat(64),
  train_end: '2021-01-04T00:00:00.000Z',
});

describe('a document that is sent again', () => {
  let trade: TradeStack;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  it('is a new revision where it names other bars or another model, of one content, and none where it says nothing of them', async () => {
    const document = pipeline(newId());
    const revisionOf = async (change: Partial<PipelineDocument>): Promise<number> => {
      const { status, body } = await trade.call('POST', '/strategies', { ...document, ...change });
      expect([200, 201]).toContain(status);
      return body.revision;
    };
    const both = { history_anchor: anchor('first'), artifact: artifact('a') };
    expect(await revisionOf(both)).toBe(1);
    expect(await revisionOf(both)).toBe(1);
    expect(await revisionOf({})).toBe(1);
    expect(await revisionOf({ ...both, history_anchor: anchor('second') })).toBe(2);
    expect(await revisionOf({ history_anchor: anchor('second'), artifact: artifact('b') })).toBe(3);
    const { items } = (await trade.call('GET', `/strategies/${document.strategy_id}/revisions`)).body;
    const stored = items.map((one: PipelineDocument & { revision: number }) => [
      one.revision,
      one.history_anchor?.source,
      one.artifact?.sha256[0],
    ]);
    expect(stored.sort()).toEqual([
      [1, 'first', 'a'],
      [2, 'second', 'a'],
      [3, 'second', 'b'],
    ]);
  });

  it('is the same one where the kind of its model has its other name', async () => {
    const document = pipeline(newId());
    const sentAs = async (kind: string) => {
      const model = {
        ...{ kind, inputs: ['sma_5'], label: { kind: 'forward_return', horizon: 1 }, params: {}, seed: 0 },
        refit: { every: 21, min_train: 252 },
      };
      const { status, body } = await trade.call('POST', '/strategies', { ...document, model });
      expect([200, 201]).toContain(status);
      return [body.revision, body.config_hash];
    };
    const own = await sentAs('ridge');
    expect(own).toEqual([1, expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(await sentAs('ml.ridge')).toEqual(own);
    expect((await sentAs('ml.lasso'))[0]).toBe(2);
  });
});

describe('the list of strategies', () => {
  let trade: TradeStack;
  let mine: string;
  let ended: string;
  let theirs: string;

  const ids = async (query: string): Promise<[number, unknown]> => {
    const { status, body } = await trade.call('GET', `/strategies?${query}`);
    return [status, (body.items ?? body.errors).map((one: any) => one.strategy_id ?? [one.field, one.rule])];
  };

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    [mine, ended, theirs] = [newId(), newId(), newId()];
    for (const id of [mine, ended]) await trade.call('POST', '/strategies', pipeline(id));
    await trade.call('DELETE', `/strategies/${ended}`);
    await trade.call('POST', '/strategies', pipeline(theirs), { user: trade.other });
  });
  afterAll(() => trade?.close());

  it("by ids leaves out, as no error, what is not there or not one's own, and what is inactive unless it is asked for", async () => {
    expect(await ids(`ids=${mine}`)).toEqual([200, [mine]]);
    expect(await ids(`ids=${newId()}`)).toEqual([200, []]);
    expect(await ids(`ids=${theirs}`)).toEqual([200, []]);
    expect(await ids(`ids=${ended}`)).toEqual([200, []]);
    expect(await ids(`ids=${ended}&include_inactive=true`)).toEqual([200, [ended]]);
    const [status, both] = await ids(`ids=${[mine, ended, theirs, mine].join(',')}&include_inactive=true`);
    expect([status, (both as string[]).sort()]).toEqual([200, [mine, ended].sort()]);
  });

  it('refuses ids that are none, and more than one question may name', async () => {
    expect(await ids('ids=x')).toEqual([422, [['ids', 'item_uuid']]]);
    expect(await ids(`ids=${Array.from({ length: 101 }, () => mine).join(',')}`)).toEqual([
      422,
      [['ids', 'max_items']],
    ]);
  });
});
