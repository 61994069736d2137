import { generateKeyPairSync, verify as verifySignature } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStrategyDocument } from '@assay/domain';
import { modelKinds } from '@assay/pipeline';
import { canonicalJson, hashOf, sha256Hex } from '@assay/primitives';
import type { Client } from 'pg';
import { call } from '../../../cli/src/fixtures/in-process';
import { plantedEdgeCsv, seedEdgeStrategy } from '../../test/planted-edge';
import type { ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';
import { Artifacts } from '../artifacts/artifacts';

describe('evidence of a verdict', () => {
  const research = useResearch();
  const directory = mkdtempSync(join(tmpdir(), 'assay-evidence-'));
  const path = (name: string): string => join(directory, name);
  let api: ResearchClient;
  let sql: Client;
  let id: string;
  let evidence: Record<string, any>;

  beforeAll(async () => {
    ({ api, sql } = research);
    writeFileSync(path('bars.csv'), plantedEdgeCsv());
    id = await seedEdgeStrategy(api);
    // other cells of the lineage, which stand in the ledger
    await api.result('/backtests/sweep', {
      strategy_id: id,
      params: [{ path: 'costs.fee_bps', values: [4, 6, 7] }],
    });
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    evidence = await api.ok('GET', `/validation/strategies/${id}/evidence`);
    writeFileSync(path('evidence.json'), JSON.stringify(evidence));
    const { items } = await api.ok('GET', '/evidence/keys');
    writeFileSync(path('keys.pem'), items.map((key: any) => key.public_key).join(''));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function verify(file: object, bars = 'bars.csv', keys = 'keys.pem'): Promise<Record<string, any>> {
    writeFileSync(path('file.json'), JSON.stringify(file));
    const flags = ['--bars', path(bars), '--public-key', path(keys), '--json'];
    const { code, out, err } = await call('verify', path('file.json'), ...flags);
    if (out === '') throw new Error(err);
    return { code, ...JSON.parse(out) };
  }
  const facts = async (): Promise<Record<string, any>> =>
    (
      await sql.query('SELECT gate_facts FROM research.strategy_revision WHERE strategy_id = $1 ORDER BY revision', [
        id,
      ])
    ).rows.at(-1).gate_facts;

  it('is reproduced by the command line from a file of the bars, to the same hash', async () => {
    const checked = await verify(evidence);
    expect(checked.findings).toEqual([]);
    expect(checked).toMatchObject({ code: 0, outcome: 'verified', not_judged_again: null });
    expect(checked.reproduced_sha256).toBe(evidence.record_sha256);
    expect(checked.reproduced_sha256).toBe((await facts()).record.sha256);
    expect(checked.verdicts).toContainEqual({ policy: 'default', version: '2', passed: true });
    expect(evidence.record_sha256).toBe(hashOf(evidence.record));
    const shown = await call('verify', path('evidence.json'), '--bars', path('bars.csv'));
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(
      /compare it with the installation[\s\S]*made up[\s\S]*policy default +version 2: passed[\s\S]*\nverified/,
    );
  });

  it('is exported alike where what it refers to was kept in one, as it was before', async () => {
    const artifacts = research.harness.app.get(Artifacts);
    const { record } = await facts();
    const { parts } = await artifacts.getValue<{ parts: string[] }>(record.contents_uri);
    // what is no trial, and the trials
    expect(parts).toHaveLength(2);
    const of = await Promise.all(parts.map((part) => artifacts.getValue<Record<string, Uint8Array>>(part)));
    const { uri } = await artifacts.putValue(Object.assign({}, ...of));
    const keep = (address: string) =>
      sql.query(
        `UPDATE research.strategy_revision SET gate_facts = jsonb_set(gate_facts, '{record,contents_uri}', to_jsonb($2::text))
         WHERE strategy_id = $1`,
        [id, address],
      );
    await keep(uri);
    expect(await api.ok('GET', `/validation/strategies/${id}/evidence`)).toEqual(evidence);
    await keep(record.contents_uri);
  });

  it('can be checked with nothing but a signature of Ed25519 over canonical JSON', async () => {
    const { statement, signature } = evidence.judgement;
    const { items } = await api.ok('GET', '/evidence/keys');
    expect(items).toEqual([
      expect.objectContaining({ key_id: signature.key_id, algorithm: 'Ed25519', retired_at: null }),
    ]);
    const message = Buffer.from(canonicalJson(statement));
    expect(verifySignature(null, message, items[0].public_key, Buffer.from(signature.value, 'base64'))).toBe(true);
    expect(statement).toMatchObject({ record_sha256: evidence.record_sha256, strategy_id: id });
    const { rows } = await sql.query('SELECT sealed FROM research.signing_secret');
    expect(rows).toHaveLength(1);
    expect(rows[0].sealed.toString('latin1')).not.toContain('PRIVATE KEY');
  });

  it('names one changed bar of the file, a bar left out, and ignores those after the judged ones', async () => {
    const lines = readFileSync(path('bars.csv'), 'utf8').trim().split('\n');
    const close = lines[0]!.split(',').indexOf('close');
    const cells = lines[501]!.split(',');
    cells[close] = String(Number(cells[close]) * 1.000001);
    writeFileSync(path('changed.csv'), [...lines.slice(0, 501), cells.join(','), ...lines.slice(502)].join('\n'));
    const changed = await verify(evidence, 'changed.csv');
    expect(changed).toMatchObject({ code: 1, outcome: 'refuted', reproduced_sha256: null });
    const day = lines[501]!.slice(0, 10);
    expect(changed.findings[0]).toEqual({
      part: 'bars',
      message: `bars of EDGE: the bar of ${day}T00:00:00.000Z changed in close`,
    });
    writeFileSync(path('shorter.csv'), [...lines.slice(0, 501), ...lines.slice(502)].join('\n'));
    const shorter = await verify(evidence, 'shorter.csv');
    expect(shorter.findings[0].message).toBe(`bars of EDGE: the bar of ${day}T00:00:00.000Z is missing`);
  });

  it('names another seed, another code and another trial than those that were signed', async () => {
    const seeds = structuredClone(evidence);
    seeds.record.seeds.audits = 5;
    expect((await verify(seeds)).findings).toContainEqual({
      part: 'seeds',
      message: 'the seed of the audits must be 1, was 5',
    });
    const code = structuredClone(evidence);
    code.record.code = '0'.repeat(64);
    expect((await verify(code)).findings.map((finding: any) => finding.part)).toContain('code');
    const trials = structuredClone(evidence);
    trials.record.trials.ledger.push({
      ...{ config_hash: 'x', observations: 1, benchmark: 'own' },
      ...{ times: evidence.record.bars.series[0].times, returns: evidence.record.bars.series[0].times },
    });
    expect((await verify(trials)).findings).toContainEqual({
      part: 'trials',
      message: expect.stringMatching(/^trial \d+ \(x\) is not one of those that were signed$/),
    });
  });

  it('refuses what is no evidence, and keys that are none', async () => {
    writeFileSync(path('other.json'), '{"kind":"assay.validation_report"}');
    const other = await call('verify', path('other.json'), '--bars', path('bars.csv'));
    expect(other).toMatchObject({ code: 2, err: expect.stringMatching(/^EVIDENCE must be a file of evidence/) });
    const broken = structuredClone(evidence);
    broken.record.seeds.audits = 'one';
    writeFileSync(path('broken.json'), JSON.stringify(broken));
    const wrong = await call('verify', path('broken.json'), '--bars', path('bars.csv'));
    expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/record\.seeds\.audits must be an integer/) });
    const { publicKey } = generateKeyPairSync('x25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(path('x25519.pem'), publicKey);
    const key = await call(
      'verify',
      path('evidence.json'),
      '--bars',
      path('bars.csv'),
      '--public-key',
      path('x25519.pem'),
    );
    expect(key).toMatchObject({ code: 2, err: expect.stringMatching(/^--public-key must be a file with Ed25519/) });
    const bare = await call('verify', path('evidence.json'));
    expect(bare).toMatchObject({ code: 2, err: '--bars is required to judge again\n' });
  });

  it('of a promotion says who promoted, and stays what it was when keys are rotated', async () => {
    await api.ok('POST', `/strategies/${id}/promote`, {});
    const promoted = await api.ok('GET', `/validation/strategies/${id}/evidence?of=promotion`);
    const { rows } = await sql.query('SELECT * FROM research.evidence WHERE strategy_id = $1', [id]);
    expect(promoted.promotion.statement).toMatchObject({
      ...{ evidence_id: rows[0].id, policy: 'default', policy_version: '2', record_sha256: evidence.record_sha256 },
      promoted_by: rows[0].document.promoted_by,
      documents: [{ symbol: 'EDGE', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    expect(promoted.record).toEqual(evidence.record);
    // the event carries the same, with what trade checks it by
    const { data } = (
      await sql.query(`SELECT envelope FROM research.outbox WHERE type = 'strategy.promoted' AND aggregate_id = $1`, [
        id,
      ])
    ).rows[0].envelope;
    expect(data.attestation).toEqual(promoted.promotion);
    const { owner_id, evidence_sha256, documents } = data.attestation.statement;
    expect([owner_id, evidence_sha256]).toEqual([data.owner_id, hashOf(data.evidence)]);
    const bytes = await research.harness.app.get(Artifacts).get(data.strategy_json[0].uri);
    const { document } = parseStrategyDocument(JSON.parse(Buffer.from(bytes).toString('utf8')), { models: modelKinds });
    expect(documents).toEqual([{ symbol: 'EDGE', sha256: sha256Hex(canonicalJson(document)) }]);
    expect((await verify(promoted)).promotion.promoted_by).toBe(rows[0].document.promoted_by);

    const trader = await research.as('trader');
    expect((await trader.send('POST', '/evidence/keys/rotate')).status).toBe(403);
    const fresh = await api.ok('POST', '/evidence/keys/rotate');
    const { items } = await api.ok('GET', '/evidence/keys');
    expect(items.map((key: any) => [key.key_id, key.retired_at === null])).toEqual([
      [fresh.key_id, true],
      [evidence.judgement.signature.key_id, false],
    ]);
    const { rows: secrets } = await sql.query('SELECT key_id FROM research.signing_secret');
    expect(secrets).toEqual([{ key_id: fresh.key_id }]);
    const { rows: audit } = await sql.query(`SELECT action, subject FROM ops.audit WHERE action LIKE 'signing_key.%'`);
    expect(audit).toEqual([{ action: 'signing_key.rotated', subject: fresh.key_id }]);
    expect((await verify(await api.ok('GET', `/validation/strategies/${id}/evidence`))).code).toBe(0);
    await api.ok('POST', `/strategies/${id}/demote`, { reason: 'test' });
  });

  it('is the owner’s alone, and is not there before anything was judged', async () => {
    const other = await research.as('trader', ['research:read']);
    expect((await other.send('GET', `/validation/strategies/${id}/evidence`)).status).toBe(404);
    const draft = await api.ok('POST', '/strategies', {
      name: 'd',
      universe: ['EDGE'],
      timeframe: '1d',
      pipeline_config: {},
    });
    for (const what of ['judgement', 'promotion']) {
      const none = await api.send('GET', `/validation/strategies/${draft.id}/evidence?of=${what}`);
      expect([none.status, none.body.code]).toEqual([409, 'not_ready']);
    }
    const wrong = await api.send('GET', `/validation/strategies/${id}/evidence?of=both`);
    expect(wrong.body.errors).toEqual([expect.objectContaining({ field: 'of', rule: 'enum', value: 'both' })]);
  });

  it('refuses to promote what the database says and the signed record does not', async () => {
    const promote = () => api.send('POST', `/strategies/${id}/promote`, { policy: 'strict' });
    const before = (
      await sql.query(
        'SELECT gates, validated_under, gate_facts FROM research.strategy_revision WHERE strategy_id = $1 ORDER BY revision DESC LIMIT 1',
        [id],
      )
    ).rows[0];
    const set = (column: string, value: unknown) =>
      sql.query(
        `UPDATE research.strategy_revision SET ${column} = $2::jsonb WHERE strategy_id = $1
         AND revision = (SELECT max(revision) FROM research.strategy_revision WHERE strategy_id = $1)`,
        [id, JSON.stringify(value)],
      );
    await set('validated_under', ['strict']);
    await set('gates', { ...before.gates, strict: { ...before.gates.strict, passed: true } });
    const forged = await promote();
    expect([forged.status, forged.body.code]).toEqual([409, 'evidence_mismatch']);
    expect(forged.body.detail).toMatch(/the signed record must pass policy strict/);

    await set('validated_under', before.validated_under);
    const { record: _, ...without } = before.gate_facts;
    await set('gate_facts', without);
    const bare = await api.send('POST', `/strategies/${id}/promote`, {});
    expect([bare.status, bare.body.code]).toEqual([409, 'evidence_mismatch']);
    expect(bare.body.detail).toMatch(/no signed record.*validate again/);
    await set('gates', before.gates);
    await set('gate_facts', before.gate_facts);
    expect((await api.ok('POST', `/strategies/${id}/promote`, {})).status).toBe('promoted');
  });

  it('is never changed in the database, and of version 1 is read and told as not verifiable', async () => {
    await expect(sql.query(`UPDATE research.evidence SET sha256 = 'x' WHERE strategy_id = $1`, [id])).rejects.toThrow(
      'rows of evidence are never changed',
    );
    const { rows } = await sql.query('SELECT * FROM research.evidence WHERE strategy_id = $1 ORDER BY id DESC', [id]);
    const { record: _, attestation: __, ...old } = rows[0].facts;
    const document = { ...rows[0].document, evidence_id: '01990000-0000-7000-8000-000000000001' };
    await sql.query('UPDATE research.strategy_revision SET gate_facts = gate_facts - $2 WHERE strategy_id = $1', [
      id,
      'record',
    ]);
    await sql.query('DELETE FROM research.evidence WHERE strategy_id = $1', [id]);
    await sql.query(
      `INSERT INTO research.evidence (id, owner_id, strategy_id, revision, policy, document, facts, sha256, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
      [
        document.evidence_id,
        rows[0].owner_id,
        id,
        rows[0].revision,
        rows[0].policy,
        document,
        old,
        hashOf({ document, facts: old }),
      ],
    );
    const past = await api.ok('GET', `/validation/strategies/${id}/evidence`);
    expect(past).toMatchObject({ kind: 'assay.evidence', format_version: 1, document });
    expect(past.why).toMatch(/nobody can judge again/);
    const told = await verify(past);
    expect(told).toMatchObject({ code: 4, outcome: 'not_verifiable' });
    const changed = await verify({ ...past, facts: { ...past.facts, policy_version: '9' } });
    expect(changed).toMatchObject({ code: 1, outcome: 'refuted' });
  });
});
