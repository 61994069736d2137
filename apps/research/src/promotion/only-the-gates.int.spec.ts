import { DataSource } from 'typeorm';
import { seedEdgeStrategy } from '../../test/planted-edge';
import { subjectOn, type Subject } from '../../test/proof/accepted-requests';
import { claimsOf } from '../../test/proof/proof-watch';
import { walkRoutes, type Send } from '../../test/proof/route-walk';
import { nameOf, routesOf, type Route } from '../../test/proof/router-routes';
import { importMarket, seedRuleStrategy, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';
import { buildResearchOpenApi } from '../openapi';
import { StrategyStore } from '../records/strategies/strategy.store';

/** More than a thousand requests one after the other. */
const LONG_MS = 600_000;

/** What may lead to `validated` and `promoted`, by the gates. */
const GATES = [
  'POST /api/validation/walk-forward',
  'POST /api/validation/cpcv',
  'POST /api/strategies/{id}/holdout/look',
  'POST /api/strategies/{id}/promote',
];
/** Reads, and its answer has no end. */
const ENDLESS = 'GET /api/stream';

describe('no request makes a strategy validated or promoted but through the gates', () => {
  const research = useResearch();
  let api: ResearchClient;
  let routes: Route[];
  let subject: Subject;

  beforeAll(async () => {
    ({ api } = research);
    routes = routesOf(research.harness);
    // what always falls passes under no policy
    for (const symbol of ['FALL', 'KEPT']) await importMarket(api, symbol, { bars: 900, seed: 11, drift: -0.002 });
    subject = await subjectOn(api, 'FALL', 'KEPT');
  });

  const send: Send = async (route, path, body, headers) => {
    if (nameOf(route) !== ENDLESS) return api.send(route.method, path.replace(/^\/api/, ''), body, headers);
    return { status: 200, body: {} };
  };
  const walk = (about: Subject, some = routes, by = send) => walkRoutes(some, about, research.sql, by);

  it(
    'finds every documented route in the router',
    async () => {
      const { paths } = (await buildResearchOpenApi()) as { paths: Record<string, object> };
      const documented = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => nameOf({ method: method.toUpperCase(), path })),
      );
      expect(documented.length).toBeGreaterThan(100);
      expect(routes.map(nameOf)).toEqual(expect.arrayContaining(documented));
    },
    LONG_MS,
  );

  it(
    'names the route that does, where one did',
    async () => {
      const { id } = await seedRuleStrategy(api, 'FALL');
      const [store, db] = [research.harness.app.get(StrategyStore), research.harness.app.get(DataSource)];
      const broken = ['PATCH /api/strategies/{id}', 'POST /api/strategies/{id}/clone'];
      const some = routes.filter((route) => broken.includes(nameOf(route)));
      const proofs = [{ validatedUnder: ['default' as const] }, { status: 'promoted' as const }];
      const found = await walk({ ...subject, id }, some, async (route, ...request) => {
        const proof = proofs[broken.indexOf(nameOf(route))];
        if (proof) await store.saveProof(db.manager, id, 1, proof);
        return send(route, ...request);
      });
      expect(new Set(found.claims.map((claim) => claim.split(':')[0]))).toEqual(new Set(broken));
      await api.ok('DELETE', `/strategies/${id}`);
      await store.saveProof(db.manager, id, 1, { status: 'draft', validatedUnder: [] });
    },
    LONG_MS,
  );

  it(
    'of a draft, nor of what the gates have judged and refused',
    async () => {
      const draft = await walk(subject);
      expect(draft.claims).toEqual([]);
      expect(draft.sent).toBeGreaterThan(1_000);
      expect(draft.bodiesRead).toBeGreaterThan(500);
      // all others took a right request; a job may end before it is stopped
      const refusals = Object.entries(draft.refused).filter(([route]) => !/^POST .api.jobs/.test(route));
      expect(Object.fromEntries(refusals)).toEqual({
        'POST /api/strategies/{id}/promote': 'not_ready',
        'POST /api/strategies/{id}/demote': 'illegal_transition',
        'POST /api/strategies/{id}/holdout/look': 'not_ready',
      });
      const judged = await api.ok('GET', `/validation/strategies/${subject.id}`);
      expect(judged.gates.default.passed).toBe(false);

      const some = routes.filter(({ path }) => /^\/api\/(strategies|validation)\b/.test(path));
      const refused = await walk(subject, some);
      expect(refused.claims).toEqual([]);
      expect(await claimsOf(research.sql)).toEqual(new Set());
    },
    LONG_MS,
  );

  it(
    'but what passes them: the jobs validate, the route promotes, and nothing that is made of it is more than a draft',
    async () => {
      const id = await seedEdgeStrategy(api);
      const claims = async (): Promise<string[]> =>
        [...(await claimsOf(research.sql))].filter((one) => one.includes(id));
      expect(await claims()).toEqual([]);
      await api.result('/validation/walk-forward', { strategy_id: id });
      expect(await claims()).toEqual([`revision 2 of ${id} is validated under ["exploratory"]`]);
      await api.result('/validation/cpcv', { strategy_id: id });
      const validated = `revision 2 of ${id} is validated under`;
      expect(await claims()).toEqual([expect.stringMatching(`^${validated} .*"default"`)]);

      await api.ok('POST', `/strategies/${id}/promote`, {});
      expect((await claims()).sort()).toEqual(
        [
          expect.stringMatching(`^${id} has promoted revision 2`),
          expect.stringMatching(/^event .* says strategy.promoted/),
          expect.stringMatching(/^evidence .* is of revision 2/),
          expect.stringMatching('^history says that revision 2'),
          expect.stringMatching(`^revision 2 of ${id} is promoted`),
        ].sort(),
      );

      const [demote, stop] = ['POST /api/strategies/{id}/demote', [...GATES, 'POST /api/strategies/{id}/demote']];
      const others = routes.filter((route) => /^\/api\/(strategies|backtests|validation)\b/.test(route.path));
      const made = await walk(
        { ...subject, id },
        others.filter((route) => !stop.includes(nameOf(route))),
      );
      expect(made.claims).toEqual([]);
      const { items } = await api.ok('GET', '/strategies?status=promoted');
      expect(items).toEqual([]);
      const back = await walk(
        { ...subject, id },
        others.filter((route) => nameOf(route) === demote),
      );
      expect(new Set(back.claims)).toEqual(new Set([expect.stringContaining(`${demote}: ${validated}`)]));
    },
    LONG_MS,
  );
});
