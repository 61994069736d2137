import { insertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowPage, TimePageQueryDto } from '../../listing/time-page';
import { timePage } from '../../listing/time-page';
import { ResultEntity } from './result.entity';

/** Backtest results that were stored beside strategies. */
@Injectable()
export class ResultStore {
  add(em: EntityManager, row: ResultEntity): Promise<void> {
    return insertRow(em, ResultEntity, row);
  }

  count(em: EntityManager, strategyId: string, revision: number): Promise<number> {
    return em.countBy(ResultEntity, { strategyId, revision });
  }

  /** The owner's newest run. */
  async newest(em: EntityManager, ownerId: string, strategyId: string): Promise<ResultEntity | null> {
    const order = { runAt: 'DESC', resultId: 'DESC' } as const;
    return (await em.find(ResultEntity, { where: { strategyId, ownerId }, order, take: 1 }))[0] ?? null;
  }

  /** Newest run first. */
  page(em: EntityManager, strategyId: string, query: TimePageQueryDto): Promise<RowPage<ResultEntity>> {
    const of = em.createQueryBuilder(ResultEntity, 'r').where('r.strategyId = :strategyId', { strategyId });
    return timePage(of, { time: 'runAt', id: 'resultId', order: 'DESC' }, query);
  }
}
