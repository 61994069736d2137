import type { EventData, EvidenceSeries, PipelineDocument, PolicyName } from '@assay/contracts';
import type { OrderType } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { createDataSource, databaseSettings, Outbox } from '@assay/persistence';
import { configHash, openArtifactStore } from '@assay/pipeline';
import { CONFIG } from '@assay/platform';
import type { AppConfig } from '@assay/platform';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { unreadDocuments } from '@assay/testing';
import { Logger } from '@nestjs/common';
import { VenuePool } from '../adapters/venue-pool';
import { PaperClient } from '../adapters/paper/client';
import { PaperVenue } from '../adapters/paper/venue';
import { AccountMarket } from '../bars/account-market';
import { SeriesStore } from '../bars/series-store';
import { seedStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(90_000);

const PASSWORD = 'a long trade password';
/** Midday between two sessions, which none closes in. */
const NOW = '2025-06-04T12:00:00Z';
const dates = sessionsBefore('US', '2025-06-04', 30);

const pipeline = (strategyId: string, change: Partial<PipelineDocument> = {}): PipelineDocument => ({
  kind: 'pipeline',
  strategy_id: strategyId,
  name: 'above its mean',
  version: 2,
  ticker: 'GOLD',
  trading_period: 252,
  features: [{ pin: null, name: 'sma_5', plugin: 'sma', plugin_version: '1', params: { window: 5 } }],
  model: { pin: null, kind: 'rule.identity' },
  artifact: null,
  signal: {
    pin: null,
    rule_tree: {
      groups: [
        { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: 'sma_5' } }] },
        { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<=', value: { field: 'sma_5' } }] },
      ],
    },
    output_mode: 'discrete',
    position_mode: 'long_only',
  },
  sizing: { kind: 'fixed' },
  costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
  ...change,
});

describe('from promotion to live trading', () => {
  let trade: TradeStack;
  let account: string;

  beforeAll(async () => {
    testing.setClock(NOW);
    trade = await startTrade(testing);
    await storeBars(trade.sql, { symbol: 'GOLD', dates, closes: dates.map((_, i) => 100 + i) });
    const created = await trade.call('POST', '/accounts', { broker: 'BYBIT', paper: false, name: 'main' });
    account = created.body.account_id;
  });
  afterAll(() => trade?.close());

  /** Publishes a promotion as research does and waits until trade has registered it. */
  async function promote(
    policy: PolicyName,
    change: Partial<EventData['strategy.promoted']> = {},
    series: EvidenceSeries[] = [{ source: 'test', symbol: 'GOLD', timeframe: '1d', synthetic: false }],
    rules: Partial<PipelineDocument> = {},
  ): Promise<string> {
    const strategyId = newId();
    const document = pipeline(strategyId, rules);
    const store = openArtifactStore(trade.http.get<AppConfig>(CONFIG).artifactUrl);
    const stored = await store.put(Buffer.from(JSON.stringify(document)));
    const hash = configHash(document);
    const data: EventData['strategy.promoted'] = {
      strategy_id: strategyId,
      owner_id: trade.owner.id,
      name: document.name,
      revision: 2,
      config_hash: hash,
      artifact_sha256: null,
      policy,
      expected_return: 0.1,
      sharpe: 1,
      max_drawdown: 0.1,
      turnover: 2,
      confidence: 0.97,
      evidence: {
        evidence_id: newId(),
        strategy_id: strategyId,
        revision: 2,
        config_hash: hash,
        artifact_sha256: null,
        policy,
        paper_only: policy === 'exploratory',
        synthetic: series.some((one) => one.synthetic),
        series,
        backtest_id: newId(),
        walk_forward_id: null,
        cpcv_id: null,
        verdicts: [],
        promoted_by: trade.owner.id,
        promoted_at: '2026-01-01T00:00:00.000Z',
      },
      strategy_json: [{ symbol: 'GOLD', uri: stored.uri, sha256: stored.sha256 }],
      ...change,
    };
    await publish('strategy.promoted', strategyId, data);
    return strategyId;
  }

  async function publish<T extends 'strategy.promoted' | 'strategy.demoted'>(
    type: T,
    id: string,
    data: EventData[T],
  ): Promise<void> {
    const source = await createDataSource({ ...databaseSettings(), entities: [] }).initialize();
    await source.transaction((em) => new Outbox().publish(em, { type, aggregateId: id, data }));
    await source.destroy();
  }

  const registered = (strategyId: string) =>
    testing.eventually('the registration', async () => {
      const answer = await trade.call('GET', `/strategies/${strategyId}`);
      return answer.status === 200 && answer.body;
    });

  const deploy = (strategyId: string, change: object = {}) =>
    trade.call('POST', '/deployments', {
      strategy_id: strategyId,
      broker: 'BYBIT',
      ticker: 'GOLD',
      qty: 5,
      paper: false,
      market: 'US',
      account_id: account,
      ...change,
    });

  it('registers the promoted document and its evidence, and lets nobody change it here', async () => {
    const strategyId = await promote('default');
    const strategy = await registered(strategyId);
    expect(strategy).toMatchObject({ ...pipeline(strategyId), revision: 2, origin: 'research' });
    expect(strategy.evidence).toEqual([expect.objectContaining({ policy: 'default', demoted_at: null })]);
    const put = await trade.call('PUT', `/strategies/${strategyId}`, { ...seedStrategy(strategyId), version: 2 });
    expect([put.status, put.body.code]).toEqual([409, 'managed_by_research']);
  });

  it('registers nothing when the address is not the hash that the event names', async () => {
    const strategyId = await promote('default', {
      strategy_json: [{ symbol: 'GOLD', uri: `artifact:sha256/${'a'.repeat(64)}`, sha256: 'b'.repeat(64) }],
    });
    await testing.eventually('the refusal', async () => {
      const { rows } = await trade.sql.query('SELECT code FROM trade.event_refused');
      return rows[0]?.code === 'evidence_mismatch';
    });
    expect((await trade.call('GET', `/strategies/${strategyId}`)).status).toBe(404);
  });

  it('refuses live under exploratory, after a demotion, and for evidence of other content', async () => {
    const exploratory = await promote('exploratory');
    await registered(exploratory);
    const first = await deploy(exploratory);
    expect(first.body).toMatchObject({ code: 'live_not_allowed' });
    expect(first.body.reasons[0]).toContain('paper only');
    expect((await deploy(exploratory, { paper: true, account_id: undefined })).status).toBe(201);

    const demoted = await promote('default');
    await registered(demoted);
    await publish('strategy.demoted', demoted, {
      strategy_id: demoted,
      owner_id: trade.owner.id,
      revision: 2,
      reason: 'worn out',
    });
    await testing.eventually(
      'the demotion',
      async () => (await registered(demoted)).evidence[0].demote_reason === 'worn out',
    );
    expect((await deploy(demoted)).body).toMatchObject({ code: 'live_not_allowed' });

    const changed = await promote('default');
    await registered(changed);
    await trade.sql.query(`UPDATE bt.strategy SET config_hash = 'x' WHERE strategy_id = $1`, [changed]);
    expect((await deploy(changed)).body).toMatchObject({ code: 'evidence_mismatch' });
  });

  it('is refused when it is made where no adapter reaches the broker', async () => {
    const strategyId = await promote('default');
    await registered(strategyId);
    const { status, body } = await deploy(strategyId);
    expect([status, body.code, body.live_adapters]).toEqual([403, 'live_not_allowed', []]);
    expect(body.reasons).toEqual(['there is no live adapter for broker BYBIT: none is set up']);
    expect((await trade.sql.query('SELECT 1 FROM trade.deployment WHERE strategy_id = $1', [strategyId])).rows).toEqual(
      [],
    );
  });

  it('is refused on bars that were made up, and for a strategy that was tested on such; paper warns', async () => {
    const takeAway = await giveAdapter();
    const tested = await promote('default', {}, [{ source: 'test', symbol: 'GOLD', timeframe: '1d', synthetic: true }]);
    expect((await registered(tested)).evidence[0]).toMatchObject({ synthetic: true });
    const first = await deploy(tested);
    expect(first.body).toMatchObject({
      code: 'live_not_allowed',
      reasons: ['the evidence rests on synthetic bars (GOLD from test)'],
    });
    const paper = await deploy(tested, { paper: true, account_id: undefined });
    expect(paper.body.warnings).toContainEqual(expect.objectContaining({ code: 'synthetic_bars' }));
    // what trades are the bars that were tested, so others of the same symbol do not stand in for them
    const elsewhere = await promote('default', {}, [
      { source: 'sim', symbol: 'GOLD', timeframe: '1d', synthetic: false },
    ]);
    await registered(elsewhere);
    expect((await deploy(elsewhere, { paper: true, account_id: undefined })).status).toBe(422);

    const decides = await promote('default');
    await registered(decides);
    await trade.sql.query(`UPDATE market.series SET synthetic = true WHERE symbol = 'GOLD'`);
    expect((await deploy(decides)).body.reasons).toEqual(['the stored bars of GOLD from test are synthetic']);
    await trade.sql.query(`UPDATE market.series SET synthetic = false WHERE symbol = 'GOLD'`);
    takeAway();
  });

  it('is refused by name for limit entries where the venue takes market orders alone; stop entries go there at the market', async () => {
    const takeAway = await giveAdapter(['MARKET']);
    const entering = (type: 'limit' | 'stop') =>
      promote('default', {}, undefined, { entry_order: { type, offset: { percent: 1 }, expires_after_bars: 2 } });
    const [limit, stop] = [await entering('limit'), await entering('stop')];
    await registered(limit);
    await registered(stop);
    const problem = 'entry_order.type limit needs LIMIT orders, and BYBIT takes MARKET alone';
    const { status, body } = await deploy(limit);
    expect([status, body.code, body.problems]).toEqual([409, 'not_deployable', [problem]]);
    expect((await deploy(limit, { paper: true, account_id: undefined })).status).toBe(201);
    expect((await deploy(stop)).status).toBe(201);
    takeAway();
  });

  it('waits as created with a challenge; what was taken back since is refused at the confirmation', async () => {
    const takeAway = await giveAdapter();
    const strategyId = await promote('default');
    await registered(strategyId);
    const { status, body } = await deploy(strategyId);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'created', paper: false, challenge: { purpose: 'activate' } });
    const stored = await trade.sql.query('SELECT challenge_sha256 FROM trade.confirmation');
    expect(JSON.stringify(stored.rows)).not.toContain(body.challenge.challenge);
    takeAway();
    const answer = await trade.call('POST', `/deployments/${body.deployment_id}/confirm`, {
      challenge: body.challenge.challenge,
      trade_password: PASSWORD,
    });
    expect(answer.body).toMatchObject({ code: 'live_not_allowed', broker: 'BYBIT', live_adapters: [] });
    for (const path of ['run', 'flatten']) {
      const refused = await trade.call('POST', `/deployments/${body.deployment_id}/${path}`);
      expect(refused.body.code).toBe('illegal_transition');
    }
    const activated = await trade.call('PATCH', `/deployments/${body.deployment_id}`, { status: 'active', version: 1 });
    expect(activated.body.code).toBe('illegal_transition');
  });

  it('with an adapter: dry run, challenge and password activate it and say so; raising a limit asks again', async () => {
    await giveAdapter();
    const strategyId = await promote('default');
    await registered(strategyId);
    const { body } = await deploy(strategyId);
    const path = `/deployments/${body.deployment_id}`;
    const confirm = (challenge: string, password = PASSWORD) =>
      trade.call('POST', `${path}/confirm`, { challenge, trade_password: password });
    const { challenge } = (await trade.call('POST', `${path}/challenge`)).body.challenge;
    expect(challenge).not.toBe(body.challenge.challenge);

    expect((await confirm(challenge)).body.code).toBe('confirmation_failed');
    expect((await trade.call('PUT', '/me/trade-password', { new_password: PASSWORD })).status).toBe(204);
    const again = await trade.call('PUT', '/me/trade-password', {
      new_password: 'another long password',
      current_password: 'wrong',
    });
    expect(again.body.code).toBe('confirmation_failed');
    const hash = (await trade.sql.query('SELECT password_hash FROM trade.trade_password')).rows[0].password_hash;
    expect(hash).toMatch(/^\$argon2id\$/);

    expect((await confirm('guessed')).body.code).toBe('confirmation_failed');
    expect((await confirm(challenge, 'not the password')).body.code).toBe('confirmation_failed');
    expect((await confirm(challenge)).body.code).toBe('confirmation_required');
    const dryRun = await trade.call('POST', `${path}/dry-run`);
    expect(dryRun.body).toMatchObject({ passed: true });
    expect((await trade.sql.query('SELECT count(*)::int AS n FROM paper.send_call')).rows[0].n).toBe(0);

    const said = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const active = await confirm(challenge);
    expect(active.body).toMatchObject({ status: 'active', paper: false });
    expect(said).toHaveBeenCalledWith('LIVE TRADING ENABLED for GOLD');
    said.mockRestore();
    expect((await confirm(challenge)).body.code).toBe('confirmation_failed');

    const raised = await trade.call('PATCH', path, { qty: 50, version: active.body.version });
    expect(raised.body).toMatchObject({ qty: '5', held_back: ['qty'], challenge: { purpose: 'change' } });
    const lowered = await trade.call('PATCH', path, { qty: 3, version: active.body.version });
    expect(lowered.body).toMatchObject({ qty: '3' });
    // What was confirmed is no longer what the person saw.
    expect((await confirm(raised.body.challenge.challenge)).body.code).toBe('stale_version');
    const asked = await trade.call('PATCH', path, { qty: 50, version: lowered.body.version });
    expect((await confirm(asked.body.challenge.challenge)).body).toMatchObject({ qty: '50', status: 'active' });
    const { version } = (await trade.call('GET', path)).body;
    const mixed = await trade.call('PATCH', path, { qty: 80, enabled: false, version });
    expect(mixed.body).toMatchObject({ qty: '50', enabled: false, held_back: ['qty'], version: version + 1 });
    expect((await confirm(mixed.body.challenge.challenge)).body).toMatchObject({ qty: '80', enabled: false });
  });

  /** Stands in for a venue: the paper book under a live account. Gives what takes it away again. */
  async function giveAdapter(orderTypes: readonly OrderType[] = ['MARKET', 'LIMIT']): Promise<() => void> {
    const registry = trade.http.get(VenuePool);
    const series = trade.http.get(SeriesStore);
    const binding = {
      market: 'US',
      ticker: 'GOLD',
      dataSymbol: 'GOLD',
      dataSource: 'test',
      timeframe: '1d',
      adjustment: 'none',
    } as const;
    const calendar = calendarFor('US');
    Object.assign(registry, {
      live: new Map([
        [
          'BYBIT',
          (row: { accountId: string }) => {
            const venue = new PaperVenue({
              accountId: row.accountId,
              canShort: false,
              clock: { nowMs: () => Date.now() },
              client: trade.http.get(PaperClient),
              quotes: new AccountMarket(series, row.accountId, binding),
              instrument: async (symbol) => ({
                symbol,
                lot: '1',
                tick: '0.01',
                minQty: '1',
                minNotional: null,
                currency: 'USD',
                zone: calendar.zone,
                calendar: 'US',
              }),
            });
            const capabilities = { ...venue.capabilities, orderTypes };
            return Object.assign(venue, {
              capabilities,
              connect: async () => undefined,
              disconnect: async () => undefined,
            });
          },
        ],
      ]),
    });
    await trade.sql.query(
      `INSERT INTO paper.account (account_id, currency, initial_cash, cash, fee_bps, created_at) VALUES ($1, 'USD', 100000, 100000, 0, now()) ON CONFLICT DO NOTHING`,
      [account],
    );
    return () => void Object.assign(registry, { live: new Map() });
  }

  it('leaves events and jobs that are read as they were written', async () => {
    const { read, faults } = await unreadDocuments(trade.database.url);
    expect(faults).toEqual([]);
    expect([...read]).toEqual(
      expect.arrayContaining(['event strategy.promoted', 'event deployment.started', 'event strategy.demoted']),
    );
  });
});
