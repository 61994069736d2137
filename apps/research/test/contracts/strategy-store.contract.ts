import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { newId } from '@assay/primitives/ids';
import type { StrategyStore } from '../../src/records/strategies/strategy.store';
import type { StrategyEntity } from '../../src/records/strategies/strategy.entity';
import type { GateFacts } from '../../src/records/strategies/gate-facts';
import { madePinningRecipe, madeRecipe, madeStrategy } from '../made-strategy';
import type { Connection } from '../research-database';
import { showsEachOnce } from './paged-once';

const NOW = new Date('2024-05-06T07:08:09.000Z');

/** What holds for every store of strategies. `open` is asked once the suite's own set-up has run. */
export function itKeepsStrategies(store: StrategyStore, open: () => Connection): void {
  const written = async (change: Parameters<typeof madeStrategy>[0] = {}) => {
    const { em, transaction } = open();
    const strategy = madeStrategy(change);
    const saved = await store.insert(em, strategy, madeRecipe());
    return { em, transaction, strategy, saved: saved! };
  };

  it('gives back what was written, with a first revision that is a draft', async () => {
    const { em, transaction, strategy, saved } = await written({ description: 'über alles', source: 'csv' });
    const { id, ownerId } = strategy;
    expect(await store.find(em, ownerId, id)).toEqual(strategy);
    expect(await store.at(em, ownerId, id)).toEqual({ strategy, revision: saved.revision });
    expect(saved.revision).toMatchObject({ revision: 1, status: 'draft', recipe: madeRecipe(), validatedUnder: [] });
    expect(await transaction((held) => store.lock(held, ownerId, id))).toEqual(await store.at(em, ownerId, id));
  });

  it('says where an id is taken, and writes nothing then', async () => {
    const { em, strategy } = await written();
    expect([await store.exists(em, strategy.id), await store.exists(em, newId())]).toEqual([true, false]);
    expect(await store.insert(em, madeStrategy({ id: strategy.id, name: 'other' }), madeRecipe())).toBeNull();
    expect(await store.find(em, strategy.ownerId, strategy.id)).toEqual(strategy);
  });

  it('shows nobody what is somebody else’s', async () => {
    const { em, transaction, strategy } = await written();
    const other = newId();
    const refused = { code: 'not_found' };
    await expect(store.find(em, other, strategy.id)).rejects.toMatchObject(refused);
    await expect(store.at(em, other, strategy.id)).rejects.toMatchObject(refused);
    await expect(transaction((held) => store.lock(held, other, strategy.id))).rejects.toMatchObject(refused);
    await expect(store.at(em, strategy.ownerId, strategy.id, 2)).rejects.toMatchObject(refused);
    expect(await store.list(em, other, { limit: 10 })).toEqual([]);
  });

  it('adds a revision when the content changes, and none when only the row does', async () => {
    const { em, strategy, saved } = await written();
    const renamed = await store.save(em, saved, 1, { name: 'renamed' }, madeRecipe());
    expect(renamed).toMatchObject({
      strategy: { name: 'renamed', version: 2, revision: 1 },
      revision: { revision: 1 },
    });
    await store.saveProof(em, strategy.id, 1, { status: 'validated', validatedUnder: ['default'] });
    const current = await store.at(em, strategy.ownerId, strategy.id);
    const changed = await store.save(em, current, 2, {}, madeRecipe({ universe: ['NDX'] }));
    expect(changed).toMatchObject({
      strategy: { version: 3, revision: 2 },
      revision: { revision: 2, status: 'draft' },
    });
    const revisions = await store.revisionsOf(em, strategy.id, 10, 0);
    expect(revisions.map((r) => [r.revision, r.status, r.recipe.universe])).toEqual([
      [1, 'validated', ['SP500']],
      [2, 'draft', ['NDX']],
    ]);
    expect(await store.revisionsOf(em, strategy.id, 1, 1)).toEqual(revisions.slice(1));
    expect(await store.at(em, strategy.ownerId, strategy.id, 1)).toMatchObject({ revision: revisions[0] });
  });

  it('adds a revision when the bars come from another source, and leaves what was proven with the one before', async () => {
    const { em, strategy, saved } = await written({ source: 'a' });
    const same = await store.save(em, saved, 1, { source: 'a' }, madeRecipe());
    expect(same).toMatchObject({ strategy: { version: 2, revision: 1 }, revision: { source: 'a' } });
    await store.saveProof(em, strategy.id, 1, { status: 'validated', validatedUnder: ['default'] });
    const moved = await store.save(em, same, 2, { source: 'b' }, madeRecipe());
    const { configHash } = saved.revision;
    expect(moved).toMatchObject({
      strategy: { source: 'b', version: 3, revision: 2 },
      revision: { source: 'b', status: 'draft', validatedUnder: [], historyAnchor: null, configHash },
    });
    expect(await store.findRevision(em, strategy.id, 1)).toMatchObject({ source: 'a', status: 'validated' });
    expect(await store.statedSource(em, strategy.ownerId, strategy.id)).toBe('b');
    expect(await store.statedSource(em, newId(), strategy.id)).toBeNull();
  });

  it('refuses the second of two writers who read the same version', async () => {
    const { em, strategy, saved } = await written();
    await store.save(em, saved, 1, { name: 'first' }, madeRecipe());
    const second = store.save(em, saved, 1, { name: 'second' }, madeRecipe());
    await expect(second).rejects.toMatchObject({ code: 'stale_version' });
    expect(await store.find(em, strategy.ownerId, strategy.id)).toMatchObject({ name: 'first', version: 2 });
    await store.savePromoted(em, strategy, undefined, 1);
    expect(await store.find(em, strategy.ownerId, strategy.id)).toMatchObject({ promotedRevision: 1, version: 3 });
  });

  it('lists the owner’s, the oldest first, with their newest revisions', async () => {
    const ownerId = newId();
    const [a, b, c] = [await written({ ownerId }), await written({ ownerId }), await written({ ownerId })];
    const { em } = a;
    await store.save(em, b.saved, 1, {}, madeRecipe({ universe: ['NDX'] }));
    const rows = await store.list(em, ownerId, { limit: 2 });
    expect(rows.map(({ id }) => id)).toEqual([a.strategy.id, b.strategy.id]);
    const after = await store.list(em, ownerId, { limit: 2, cursor: rows[1]!.id });
    expect(after.map(({ id }) => id)).toEqual([c.strategy.id]);
    const newest = await store.list(em, ownerId, { limit: 2, order: 'newest' });
    expect(newest.map(({ id }) => id)).toEqual([c.strategy.id, b.strategy.id]);
    const shown = await store.withRevisions(em, rows);
    expect(shown.map(({ strategy, revision }) => [strategy.id, revision.revision])).toEqual([
      [a.strategy.id, 1],
      [b.strategy.id, 2],
    ]);
    expect(await store.withRevisions(em, [])).toEqual([]);
  });

  it('refuses a cursor that is no row of the owner’s', async () => {
    const { em, strategy } = await written();
    const refused = { code: 'validation_failed', errors: [expect.objectContaining({ field: 'cursor' })] };
    for (const [owner, cursor] of [
      [strategy.ownerId, newId()],
      [newId(), strategy.id],
    ] as const)
      await expect(store.list(em, owner, { limit: 2, cursor })).rejects.toMatchObject(refused);
  });

  it('shows each once and in order, page by page, by when it was made and not by its id', () =>
    showsEachOnce(fc.integer({ min: 0, max: 2 }), () => ({
      // an imported one has any id
      add: async (ownerId, age) =>
        (await written({ ownerId, id: randomUUID(), createdAt: new Date(NOW.getTime() - age) })).strategy.id,
      list: (ownerId, page) => store.list(open().em, ownerId, page),
    })));

  it('tells whose gates were judged on a backtest', async () => {
    const { em, strategy } = await written();
    const backtestId = newId();
    await store.saveProof(em, strategy.id, 1, { gateFacts: { backtest_id: backtestId } as GateFacts });
    expect(await store.judgedOnBacktest(em, backtestId)).toEqual([strategy.id]);
    expect(await store.judgedOnBacktest(em, newId())).toEqual([]);
  });

  it('tells who comes from one origin, oldest first, of one owner', async () => {
    const { em, strategy } = await written({ name: 'origin' });
    const { ownerId, lineageId } = strategy;
    const clone = await written({ ownerId, lineageId, clonedFrom: strategy.id });
    await written({ lineageId });
    await written({ ownerId });
    const memberOf = ({ id, name, clonedFrom, createdAt }: StrategyEntity) => ({ id, name, clonedFrom, createdAt });
    const members = [memberOf(strategy), memberOf(clone.strategy)];
    expect(await store.lineageOf(em, ownerId, lineageId)).toEqual(members);
    expect(await store.lineageOf(em, ownerId, newId())).toEqual([]);
  });

  it('tells what each revision pins', async () => {
    const { em, strategy, saved } = await written();
    const next = madePinningRecipe();
    await store.save(em, saved, 1, {}, next);
    await store.saveProof(em, strategy.id, 2, { status: 'validated' });
    const [first, second, ...more] = await store.pinsOf(em, strategy.id);
    expect(more).toEqual([]);
    const none = { artifact: null, history_anchor: null, model: null, signal: null, features: [] };
    const { configHash, createdAt } = saved.revision;
    const draft = { revision: 1, status: 'draft', config_hash: configHash, created_at: createdAt };
    expect(first).toEqual({ ...draft, ...none });
    const pins = { model: next.model!.pin, signal: next.signal!.pin, features: next.features.map(({ pin }) => pin) };
    expect(second).toMatchObject({ ...none, ...pins, revision: 2, status: 'validated' });
    expect(await store.pinsOf(em, newId())).toEqual([]);
  });

  it.each(['feature', 'model', 'signal logic'] as const)('tells who uses a %s now, and who pins it', async (part) => {
    const id = newId();
    const ownerId = newId();
    const uses = { feature: { featureIds: [id] }, model: { modelId: id }, 'signal logic': { signalLogicId: id } }[part];
    const { em, strategy } = await written({ ownerId, ...uses });
    const pinning = await written({ ownerId });
    await store.save(em, pinning.saved, 1, {}, madePinningRecipe({ [part]: id }));
    for (const other of ['feature', 'model', 'signal logic'] as const) {
      const found = [await store.usersOf(em, ownerId, other, id), await store.pinnersOf(em, ownerId, other, id)];
      expect(found).toEqual(other === part ? [[strategy.id], [pinning.strategy.id]] : [[], []]);
    }
    const elsewhere = newId();
    expect(await store.usersOf(em, elsewhere, part, id)).toEqual([]);
    expect(await store.pinnersOf(em, elsewhere, part, id)).toEqual([]);
  });
}
