import { insertRow, updateRows } from '@assay/persistence';
import { notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { HoldoutEntity, type HoldoutLook, type HoldoutResult } from './holdout.entity';

const OPEN_ON = `SELECT id FROM research.holdout WHERE owner_id = $1 AND recorded_at IS NULL AND symbols && $2::text[]
  ORDER BY from_at, id LIMIT 1`;

/** The last bar of any of the symbols that a run, a fit or a look of the owner has read. */
const LAST_READ = `
  SELECT max(seen) AS seen FROM (
    SELECT (v.data ->> 'until')::timestamptz AS seen FROM research.validation v
      JOIN research.strategy_revision r USING (strategy_id, revision)
      WHERE v.owner_id = $1 AND v.data IS NOT NULL AND r.recipe -> 'universe' ?| $2::text[]
    UNION ALL SELECT (b.data ->> 'until')::timestamptz FROM research.backtest b
      JOIN research.strategy_revision r USING (strategy_id, revision)
      WHERE b.owner_id = $1 AND b.data IS NOT NULL AND r.recipe -> 'universe' ?| $2::text[]
    UNION ALL SELECT train_end FROM research.model_artifact WHERE owner_id = $1 AND symbol = ANY($2::text[])
    UNION ALL SELECT (result ->> 'to')::timestamptz FROM research.holdout
      WHERE owner_id = $1 AND result IS NOT NULL AND symbols && $2::text[]
  ) AS reads`;

/** Jobs of the owner that may be reading bars. */
const READING = `SELECT id, kind FROM ops.job WHERE owner_id = $1 AND service = 'research'
  AND state NOT IN ('completed', 'failed', 'canceled') AND split_part(kind, '.', 1) IN ('backtest', 'validation', 'model', 'signal', 'feature')
  ORDER BY id LIMIT 1`;

/** Final periods that are locked until one look. */
@Injectable()
export class HoldoutStore {
  /** Until the transaction ends no holdout of the owner is locked (`read`), or nothing else is kept of bars either (`write`). */
  async hold(em: EntityManager, ownerId: string, what: 'read' | 'write'): Promise<void> {
    const shared = what === 'read' ? '_shared' : '';
    await em.query(`SELECT pg_advisory_xact_lock${shared}(hashtextextended('holdouts ' || $1, 0))`, [ownerId]);
  }

  /** The earliest that is locked on one of the owner's symbols. */
  async openOn(em: EntityManager, ownerId: string, symbols: readonly string[]): Promise<HoldoutEntity | null> {
    const [found]: { id: string }[] = await em.query(OPEN_ON, [ownerId, symbols]);
    return found ? em.findOneByOrFail(HoldoutEntity, { id: found.id }) : null;
  }

  /** Of a lineage, the newest first. */
  ofLineage(em: EntityManager, ownerId: string, lineageId: string): Promise<HoldoutEntity[]> {
    return em.find(HoldoutEntity, { where: { ownerId, lineageId }, order: { id: 'DESC' } });
  }

  /** The result of the newest look that was of this very content; null without one. */
  async foundFor(
    em: EntityManager,
    ownerId: string,
    lineageId: string,
    of: { configHash: string; artifact: { sha256: string } | null },
  ): Promise<HoldoutResult | null> {
    const rows = await this.ofLineage(em, ownerId, lineageId);
    const found = rows.find(
      ({ look, result }) =>
        result !== null &&
        look?.config_hash === of.configHash &&
        look.artifact_sha256 === (of.artifact?.sha256 ?? null),
    );
    return found?.result ?? null;
  }

  async require(em: EntityManager, ownerId: string, id: string): Promise<HoldoutEntity> {
    const row = await em.findOneBy(HoldoutEntity, { ownerId, id });
    if (!row) throw notFound('holdout', id);
    return row;
  }

  async lastRead(em: EntityManager, ownerId: string, symbols: readonly string[]): Promise<Date | null> {
    const [{ seen }] = (await em.query(LAST_READ, [ownerId, symbols])) as [{ seen: Date | null }];
    return seen;
  }

  async readingJob(em: EntityManager, ownerId: string): Promise<{ id: string; kind: string } | null> {
    const [found]: { id: string; kind: string }[] = await em.query(READING, [ownerId]);
    return found ?? null;
  }

  async insert(em: EntityManager, row: HoldoutEntity): Promise<void> {
    await insertRow(em, HoldoutEntity, row);
  }

  async saveLook(em: EntityManager, id: string, look: HoldoutLook): Promise<void> {
    await updateRows(em, HoldoutEntity, { id, recordedAt: IsNull() }, { look });
  }

  /** False where a result was kept before: that one holds. */
  async record(em: EntityManager, id: string, result: HoldoutResult): Promise<boolean> {
    const kept = { result, recordedAt: new Date() };
    return (await updateRows(em, HoldoutEntity, { id, recordedAt: IsNull() }, kept)) === 1;
  }
}
