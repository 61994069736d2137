import { RULE_IDENTITY, type ResearchClient, seedRuleStrategy, type Answer } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const WRITERS = 200;
const PATCHERS = 50;

/** All answers, and how long the slowest of a hundred took; printed for a person only where ASSAY_PRINT is set. */
async function atOnce(name: string, count: number, send: (i: number) => Promise<Answer>): Promise<Answer[]> {
  const times: number[] = [];
  const answers = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const from = performance.now();
      const answer = await send(i);
      times.push(performance.now() - from);
      return answer;
    }),
  );
  times.sort((a, b) => a - b);
  const p = (share: number): number => Math.round(times[Math.ceil(share * count) - 1]!);
  if (process.env.ASSAY_PRINT) process.stderr.write(`${name}: p50 ${p(0.5)} ms, p99 ${p(0.99)} ms\n`);
  return answers;
}

const countOf = (answers: Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe('many writers at once', () => {
  // All press on the pool at once, and nobody waits for ever; how long a busy machine takes is no part of it.
  const research = useResearch({
    worker: false,
    env: { DB_POOL_WAIT_MS: '60000', DB_LOCK_TIMEOUT_MS: '60000', MAX_ACTIVE_REQUESTS: '1000' },
  });
  let api: ResearchClient;

  beforeAll(() => ({ api } = research));

  it(`creates ${WRITERS} strategies of one user, and stays healthy meanwhile`, async () => {
    const create = (i: number): Promise<Answer> =>
      api.send('POST', '/strategies', { name: `s ${i}`, universe: ['NONE'], timeframe: '1d', pipeline_config: {} });
    const [created, health] = await Promise.all([
      atOnce('create', WRITERS, create),
      research.harness.as({ headers: {} }).send('GET', '/health'),
    ]);
    expect(countOf(created)).toEqual({ 201: WRITERS });
    expect(health.status).toBe(200);
    expect(new Set(created.map(({ body }) => body.id)).size).toBe(WRITERS);
  });

  it(`lets exactly one of ${PATCHERS} writers of one version win, of every version`, async () => {
    const { id } = await seedRuleStrategy(api, 'NONE');
    for (const version of [2, 3]) {
      const patch = (i: number): Promise<Answer> =>
        api.send('PATCH', `/strategies/${id}`, { version, name: `by ${version} ${i}`, model_id: RULE_IDENTITY });
      const answers = await atOnce('patch', PATCHERS, patch);
      expect(countOf(answers)).toEqual({ 200: 1, 409: PATCHERS - 1 });
      for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('stale_version');
      const winner = answers.find(({ status }) => status === 200)!.body;
      expect(await api.ok('GET', `/strategies/${id}`)).toMatchObject({ version: version + 1, name: winner.name });
    }
  });
});
