import type { EventData, PipelineDocument, SignedPromotion } from '@assay/contracts';
import { createDataSource, databaseSettings, Outbox } from '@assay/persistence';
import { configHash, newSigningKey, openArtifactStore, signed, type SigningKeyPair } from '@assay/pipeline';
import { CONFIG, type AppConfig } from '@assay/platform';
import { canonicalJson, hashOf } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { sessionsBefore, startTrade, storeBars, type Answer, type TradeStack } from '../../test/trade-stack';

jest.setTimeout(120_000);

type Promoted = EventData['strategy.promoted'];
const SIGNED_SINCE = '2025-01-01T00:00:00.000Z';
const PROMOTED_AT = '2025-06-01T00:00:00.000Z';
const dates = sessionsBefore('US', '2025-06-04', 30);

const pipeline = (strategyId: string, window = 5): PipelineDocument => ({
  ...{ kind: 'pipeline', strategy_id: strategyId, name: 'above its mean', version: 2, ticker: 'GOLD' },
  trading_period: 252,
  features: [{ pin: null, name: 'sma', plugin: 'sma', plugin_version: '1', params: { window } }],
  model: { pin: null, kind: 'rule.identity' },
  artifact: null,
  signal: {
    pin: null,
    rule_tree: {
      groups: [
        { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: 'sma' } }] },
      ],
    },
    output_mode: 'discrete',
    position_mode: 'long_only',
  },
  sizing: { kind: 'fixed' },
  costs: { fee_bps: 5, slippage_bps: 0.1, spread_bps: 1e-7 },
});

describe('what research has signed of a promotion', () => {
  let trade: TradeStack;
  let key: SigningKeyPair;

  beforeAll(async () => {
    trade = await startTrade(testing);
    await storeBars(trade.sql, { symbol: 'GOLD', dates, closes: dates.map((_, i) => 100 + i) });
    key = await installKey();
  });
  afterAll(() => trade?.close());

  async function installKey(): Promise<SigningKeyPair> {
    const made = newSigningKey();
    await trade.sql.query(
      `INSERT INTO research.signing_key (key_id, algorithm, public_key, created_at) VALUES ($1, 'Ed25519', $2, $3)`,
      [made.keyId, made.publicKey, SIGNED_SINCE],
    );
    return made;
  }

  async function put(document: PipelineDocument): Promise<Promoted['strategy_json']> {
    const store = openArtifactStore(trade.http.get<AppConfig>(CONFIG).artifactUrl);
    return [{ symbol: 'GOLD', ...(await store.put(Buffer.from(canonicalJson(document)))) }];
  }

  /** The event of a promotion as research makes it. */
  async function promotion(by = key): Promise<Promoted & { attestation: SignedPromotion }> {
    const [strategy_id, evidence_id] = [newId(), newId()];
    const document = pipeline(strategy_id);
    const strategy_json = await put(document);
    const content = { config_hash: configHash(document), artifact_sha256: null };
    const common = { strategy_id, revision: 2, ...content, policy: 'default' as const };
    const signedParts = { paper_only: false, promoted_by: trade.owner.id, promoted_at: PROMOTED_AT };
    const evidence: Promoted['evidence'] = {
      ...{ ...common, ...signedParts, evidence_id, synthetic: false },
      verdicts: [{ gate: 'benchmark_p', passed: true, value: 0.012345678901234567, threshold: 0.05, why: 'joint p' }],
      series: [{ source: 'test', symbol: 'GOLD', timeframe: '1d', synthetic: true }],
      ...{ backtest_id: newId(), walk_forward_id: null, cpcv_id: null },
    };
    const statement: SignedPromotion['statement'] = {
      ...{
        kind: 'assay.promotion',
        format_version: 1,
        evidence_id,
        record_sha256: 'a'.repeat(64),
        policy_version: '2',
      },
      ...{ ...common, ...signedParts, owner_id: trade.owner.id, evidence_sha256: hashOf(evidence) },
      documents: strategy_json.map(({ symbol, sha256 }) => ({ symbol, sha256 })),
      key_id: by.keyId,
    };
    return {
      ...{ ...common, owner_id: trade.owner.id, name: document.name, strategy_json },
      ...{ expected_return: 0.1, sharpe: 1, max_drawdown: 0.1, turnover: 2, confidence: null },
      evidence,
      attestation: signed(statement, by),
    };
  }

  /** Publishes as research does and waits until trade has taken it or set it aside: what it was refused with. */
  async function take(data: Promoted): Promise<{ code: string; message: string } | null> {
    const source = await createDataSource({ ...databaseSettings(), entities: [] }).initialize();
    const event = { type: 'strategy.promoted', aggregateId: data.strategy_id, data } as const;
    await source.transaction((em) => new Outbox().publish(em, event));
    await source.destroy();
    const { rows } = await trade.sql.query(
      'SELECT id FROM research.outbox WHERE aggregate_id = $1 ORDER BY position DESC LIMIT 1',
      [data.strategy_id],
    );
    await testing.eventually('the event to be handled', async () => {
      const found = await trade.sql.query('SELECT 1 FROM trade.inbox WHERE event_id = $1', [rows[0].id]);
      return found.rows.length > 0;
    });
    const refused = await trade.sql.query('SELECT code, message FROM trade.event_refused WHERE event_id = $1', [
      rows[0].id,
    ]);
    return refused.rows[0] ?? null;
  }
  /** The problem that a deployment is refused with, which must have left nothing. */
  async function refusal(event: Promoted): Promise<Record<string, unknown>> {
    const { status, body } = await deploy(event);
    expect([status, body.code, await deployed(event)]).toEqual([409, 'attestation_mismatch', 0]);
    const { part, expected, found } = body;
    return { part, expected, found };
  }
  const deploy = ({ strategy_id }: Promoted): Promise<Answer> =>
    trade.call('POST', '/deployments', {
      ...{ strategy_id, broker: 'PAPER', ticker: 'GOLD', qty: '1', market: 'US', paper: true },
    });
  const stored = async ({ strategy_id: id }: Promoted): Promise<number> =>
    (await trade.sql.query('SELECT 1 FROM bt.strategy WHERE strategy_id = $1', [id])).rows.length;
  const deployed = async ({ strategy_id: id }: Promoted): Promise<number> =>
    (await trade.sql.query('SELECT 1 FROM trade.deployment WHERE strategy_id = $1', [id])).rows.length;

  it('is kept with the strategy, which says by which key and when, and is deployed', async () => {
    const event = await promotion();
    expect(await take(event)).toBeNull();
    const { body } = await trade.call('GET', `/strategies/${event.strategy_id}`);
    expect(body.attested).toEqual({
      ...{ key_id: key.keyId, at: PROMOTED_AT, evidence_id: event.evidence.evidence_id },
      record_sha256: 'a'.repeat(64),
    });
    expect((await deploy(event)).status).toBe(201);
    const mine = { ...pipeline(newId()), version: 1 };
    await trade.call('POST', '/strategies', mine);
    expect((await trade.call('GET', `/strategies/${mine.strategy_id}`)).body.attested).toBeNull();
    expect((await deploy({ strategy_id: mine.strategy_id } as Promoted)).status).toBe(201);
  });

  it.each<[string, (event: Awaited<ReturnType<typeof promotion>>) => Promise<Promoted> | Promoted, RegExp]>([
    [
      'a changed document under the signature of the old one',
      async (event) => ({ ...event, strategy_json: await put(pipeline(event.strategy_id, 7)) }),
      /^document of GOLD of revision 2 .* must be what research attested, [0-9a-f]{64}, was [0-9a-f]{64}/,
    ],
    [
      'a statement that was changed after it was signed',
      async (event) => {
        const strategy_json = await put(pipeline(event.strategy_id, 7));
        const documents = strategy_json.map(({ symbol, sha256 }) => ({ symbol, sha256 }));
        const { signature, statement } = event.attestation;
        return { ...event, strategy_json, attestation: { signature, statement: { ...statement, documents } } };
      },
      /^signature of revision 2/,
    ],
    [
      'the signature of a key that the event brings itself',
      async () => promotion(newSigningKey()),
      /^key of revision 2 .* a key of this installation, was [0-9a-f]{64}/,
    ],
    ['another owner', (event) => ({ ...event, owner_id: trade.other.id }), /^owner_id of revision 2/],
    ['another revision', (event) => ({ ...event, revision: 3 }), /^revision of revision 3 .* attested, 2, was 3/],
    ['another content', (event) => ({ ...event, config_hash: 'b'.repeat(64) }), /^config_hash of revision 2/],
    [
      'another model',
      (event) => ({ ...event, artifact_sha256: 'b'.repeat(64) }),
      /^artifact_sha256 .* attested, none, was b{64}/,
    ],
    ['another policy', (event) => ({ ...event, policy: 'strict' }), /^policy .* default, was strict/],
    [
      'bars that are said to be real',
      ({ evidence, ...event }) => {
        const series = evidence.series.map((one) => ({ ...one, synthetic: false }));
        return { ...event, evidence: { ...evidence, series } };
      },
      /^evidence of revision 2/,
    ],
    [
      'a symbol more',
      (event) => ({ ...event, strategy_json: [...event.strategy_json, { ...event.strategy_json[0]!, symbol: 'OIL' }] }),
      /^symbols .* GOLD, was GOLD, OIL/,
    ],
    [
      'no attestation, since there are keys',
      ({ attestation: _, ...event }) => event,
      /^attestation .* one, as every promotion since 2025-01-01T00:00:00.000Z has, was none/,
    ],
  ])('refuses %s once, and by name', async (_, change, message) => {
    const event = await change(await promotion());
    expect(await take(event)).toEqual({ code: 'attestation_mismatch', message: expect.stringMatching(message) });
    expect(await stored(event)).toBe(0);
    // what comes after it is taken
    expect(await take(await promotion())).toBeNull();
  });

  it('is held to what is stored when it is deployed, whatever hashes were changed with it', async () => {
    const event = await promotion();
    await take(event);
    const { strategy_id: id, strategy_json: documents } = event;
    const changed = pipeline(id, 7);
    const write = (document: PipelineDocument) =>
      trade.sql.query('UPDATE bt.strategy_symbol SET document = $2, document_hash = $3 WHERE strategy_id = $1', [
        ...[id, document, configHash(document)],
      ]);
    await write(changed);
    const other = await put(changed);
    expect(await refusal(event)).toEqual({
      ...{ part: 'document of GOLD', expected: documents[0]!.sha256, found: other[0]!.sha256 },
    });
    await write(pipeline(id));
    await trade.sql.query(`UPDATE bt.strategy SET artifact_sha256 = 'c' WHERE strategy_id = $1`, [id]);
    expect(await refusal(event)).toEqual({ part: 'artifact_sha256', expected: null, found: 'c' });
    await trade.sql.query(`UPDATE bt.strategy SET artifact_sha256 = NULL WHERE strategy_id = $1`, [id]);
    await trade.sql.query(`UPDATE bt.evidence SET paper_only = true WHERE strategy_id = $1`, [id]);
    expect(await refusal(event)).toEqual({ part: 'paper_only', expected: false, found: true });
    await trade.sql.query(`UPDATE bt.evidence SET paper_only = false WHERE strategy_id = $1`, [id]);
    await trade.sql.query(`UPDATE bt.evidence SET attestation = NULL WHERE strategy_id = $1`, [id]);
    expect(await refusal(event)).toMatchObject({ part: 'attestation', found: null });
    await trade.sql.query('UPDATE bt.evidence SET attestation = $2 WHERE strategy_id = $1', [id, event.attestation]);
    const name = (origin: string) =>
      trade.sql.query('UPDATE bt.strategy SET origin = $2 WHERE strategy_id = $1', [id, origin]);
    await name('api');
    expect(await refusal(event)).toEqual({ part: 'origin', expected: 'research', found: 'api' });
    await name('research');
    expect((await deploy(event)).status).toBe(201);
  });

  it('is verified by the public part of a key that signs no more', async () => {
    const event = await promotion();
    await take(event);
    await trade.sql.query('UPDATE research.signing_key SET retired_at = now() WHERE key_id = $1', [key.keyId]);
    const [late, fresh] = [await promotion(), await promotion(await installKey())];
    expect([await take(late), await take(fresh)]).toEqual([null, null]);
    for (const one of [event, late, fresh]) expect((await deploy(one)).status).toBe(201);
  });

  it('is not asked for of what was promoted before anything was signed, which says so', async () => {
    const { attestation: _, ...event } = await promotion();
    event.evidence.promoted_at = '2024-12-31T00:00:00.000Z';
    expect(await take(event)).toBeNull();
    expect((await trade.call('GET', `/strategies/${event.strategy_id}`)).body.attested).toBeNull();
    expect((await deploy(event)).status).toBe(201);
  });
});
