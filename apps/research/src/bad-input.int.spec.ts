import type { Client } from 'pg';
import { barsRequests } from '../test/bad-input/bars';
import { definitionsRequests } from '../test/bad-input/definitions';
import { runsRequests } from '../test/bad-input/runs';
import { strategiesRequests } from '../test/bad-input/strategies';
import type { Existing, WrongRequest } from '../test/bad-input/wrong-request';
import { backtest, importMarket, type ResearchClient, seedRuleStrategy } from '../test/research-harness';
import { useResearch } from '../test/use-research';

describe('bad input to the research service', () => {
  const research = useResearch();
  let sql: Client;
  let api: ResearchClient;
  let existing: Existing;

  beforeAll(async () => {
    ({ api, sql } = research);
    await importMarket(api, 'WALK', { bars: 700, seed: 3 });
    const own = await seedRuleStrategy(api, 'WALK');
    const archived = await seedRuleStrategy(api, 'WALK', 30);
    await api.ok('DELETE', `/strategies/${archived.id}`);
    const done = await backtest(api, own.id);
    const pending = await api.ok('POST', '/backtests', { strategy_id: own.id });
    const model = await api.ok('POST', '/models', { name: 'm', kind: 'logistic', feature_ids: [own.featureId] });
    existing = { own, archived, done, pending, modelId: model.id };
  });

  /** Every row of every table that a request could change. */
  async function snapshot(): Promise<string> {
    const { rows } = await sql.query(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('research', 'market') OR (table_schema, table_name) = ('ops', 'job') ORDER BY 1`,
    );
    const parts: string[] = [];
    for (const { name } of rows) {
      const { rows: found } = await sql.query(
        `SELECT count(*) AS n, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS hash FROM ${name} t`,
      );
      parts.push(`${name} ${found[0].n} ${found[0].hash}`);
    }
    return parts.join('\n');
  }

  async function expectRefusal({ request, status, code, problem }: WrongRequest): Promise<void> {
    const before = await snapshot();
    const answer = await api.send(...request);
    expect({ status: answer.status, code: answer.body.code, detail: answer.body.detail }).toEqual({
      status,
      code,
      detail: expect.any(String),
    });
    expect(answer.body.type).toBe(`urn:assay:problem:${code}`);
    if (problem) {
      const [field, rule, value] = problem;
      const found = (answer.body.errors as { field: string; rule: string; value: unknown; message: string }[]).filter(
        (e) => e.field === field && e.rule === rule,
      );
      expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, rule })]));
      if (value !== undefined) expect(found.map((e) => e.value)).toContainEqual(value);
    }
    expect(await snapshot()).toBe(before);
  }

  // The cases name rows that only exist once the suite runs, so each group is one test that goes through its table.
  it.each([
    ['strategies', strategiesRequests],
    ['features, models and signals', definitionsRequests],
    ['backtests, sweeps, validation and experiments', runsRequests],
    ['bars', barsRequests],
  ])('names field, rule and value and changes nothing: %s', async (_group, cases) => {
    const failures: string[] = [];
    for (const wrong of cases(existing)) {
      await expectRefusal(wrong).catch((error: Error) => failures.push(`${wrong.name}: ${error.message}`));
    }
    expect(failures).toEqual([]);
  });
});
