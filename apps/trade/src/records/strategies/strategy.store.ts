import { insertNew, upsertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { RowPage, TimePageQueryDto } from '../../listing/time-page';
import { timePage } from '../../listing/time-page';
import { EvidenceEntity } from './evidence.entity';
import { StrategySymbolEntity } from './strategy-symbol.entity';
import { StrategyEntity } from './strategy.entity';

/** Revisions of strategies, the documents of their symbols and the evidence they carry. */
@Injectable()
export class StrategyStore {
  /** False where the id, or the revision, is taken. */
  add(em: EntityManager, row: StrategyEntity): Promise<boolean> {
    return insertNew(em, StrategyEntity, row);
  }

  /** The newest revision. */
  current(em: EntityManager, strategyId: string): Promise<StrategyEntity | null> {
    return em.findOne(StrategyEntity, { where: { strategyId, isCurrent: true } });
  }

  /** The newest revision, held to the end of the transaction. */
  lockCurrent(em: EntityManager, strategyId: string): Promise<StrategyEntity | null> {
    return em.findOne(StrategyEntity, {
      where: { strategyId, isCurrent: true },
      lock: { mode: 'pessimistic_write' },
    });
  }

  revision(em: EntityManager, strategyId: string, revision: number): Promise<StrategyEntity | null> {
    return em.findOneBy(StrategyEntity, { strategyId, revision });
  }

  /** The revision that a deployment is pinned to. */
  pinned(em: EntityManager, to: { strategyId: string; strategyRevision: number }): Promise<StrategyEntity> {
    return em.findOneByOrFail(StrategyEntity, { strategyId: to.strategyId, revision: to.strategyRevision });
  }

  save(em: EntityManager, row: StrategyEntity): Promise<StrategyEntity> {
    return em.save(StrategyEntity, row);
  }

  async retire(em: EntityManager, strategyId: string): Promise<void> {
    await em.update(StrategyEntity, { strategyId, isCurrent: true }, { isCurrent: false });
  }

  async keep(em: EntityManager, row: StrategyEntity): Promise<void> {
    await upsertRow(em, StrategyEntity, row, ['strategyId', 'revision']);
  }

  page(
    em: EntityManager,
    ownerId: string,
    query: TimePageQueryDto & { include_inactive?: boolean; ids?: string[] },
  ): Promise<RowPage<StrategyEntity>> {
    const own = em.createQueryBuilder(StrategyEntity, 'r').where('r.ownerId = :ownerId AND r.isCurrent', { ownerId });
    if (!query.include_inactive) own.andWhere('r.active');
    if (query.ids) own.andWhere('r.strategyId IN (:...ids)', { ids: query.ids });
    return timePage(own, { time: 'createdAt', id: 'strategyId' }, query);
  }

  revisionPage(em: EntityManager, strategyId: string, query: TimePageQueryDto): Promise<RowPage<StrategyEntity>> {
    const of = em.createQueryBuilder(StrategyEntity, 'r').where('r.strategyId = :strategyId', { strategyId });
    return timePage(of, { time: 'createdAt', id: 'revision', idKind: 'integer' }, query);
  }

  symbols(em: EntityManager, strategyId: string, revision: number): Promise<StrategySymbolEntity[]> {
    return em.find(StrategySymbolEntity, { where: { strategyId, revision }, order: { symbol: 'ASC' } });
  }

  async keepSymbol(em: EntityManager, row: StrategySymbolEntity): Promise<void> {
    await upsertRow(em, StrategySymbolEntity, row, ['strategyId', 'revision', 'symbol']);
  }

  /** Newest first. */
  evidence(em: EntityManager, strategyId: string, revision: number): Promise<EvidenceEntity[]> {
    return em.find(EvidenceEntity, { where: { strategyId, revision }, order: { receivedAt: 'DESC' } });
  }

  /** The newest evidence that was not taken back. */
  async standingEvidence(em: EntityManager, strategyId: string, revision: number): Promise<EvidenceEntity | null> {
    const rows = await this.evidence(em, strategyId, revision);
    return rows.find((row) => row.demotedAt === null) ?? null;
  }

  async keepEvidence(em: EntityManager, row: EvidenceEntity): Promise<void> {
    await upsertRow(em, EvidenceEntity, row, ['evidenceId']);
  }

  async demote(
    em: EntityManager,
    { strategyId, revision }: Pick<EvidenceEntity, 'strategyId' | 'revision'>,
    demotedAt: Date,
    demoteReason: string,
  ): Promise<void> {
    await em.update(EvidenceEntity, { strategyId, revision, demotedAt: IsNull() }, { demotedAt, demoteReason });
  }
}
