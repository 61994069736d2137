import { insertRow, updateRows } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { ReplayEntity } from './replay.entity';

/** Virtual clocks of deployments that run over stored sessions; none ever goes back. */
@Injectable()
export class ReplayStore {
  add(em: EntityManager, row: ReplayEntity): Promise<void> {
    return insertRow(em, ReplayEntity, row);
  }

  of(em: EntityManager, deploymentId: string): Promise<ReplayEntity | null> {
    return em.findOneBy(ReplayEntity, { deploymentId });
  }

  ofDeployments(em: EntityManager, deploymentIds: readonly string[]): Promise<ReplayEntity[]> {
    return em.findBy(ReplayEntity, { deploymentId: In([...deploymentIds]) });
  }

  async set(em: EntityManager, deploymentId: string, set: Partial<ReplayEntity>): Promise<void> {
    await updateRows(em, ReplayEntity, { deploymentId }, { ...set, updatedAt: new Date() });
  }

  /** Ends session `sessionsDone`, counted from 0. @throws where another worker has gone on since: the clock never goes back */
  async advance(em: EntityManager, deploymentId: string, sessionsDone: number, clockAt: Date): Promise<void> {
    const set = { sessionsDone: sessionsDone + 1, clockAt, updatedAt: new Date() };
    if ((await updateRows(em, ReplayEntity, { deploymentId, sessionsDone }, set)) !== 1)
      throw new Error(`replay ${deploymentId} went on elsewhere from session ${sessionsDone}`);
  }

  async moveClock(em: EntityManager, deploymentId: string, at: Date): Promise<void> {
    await em.query(
      'UPDATE trade.replay SET clock_at = greatest(clock_at, $2), updated_at = now() WHERE deployment_id = $1',
      [deploymentId, at],
    );
  }

  /** A replay that is over, or was stopped: it has no session ahead. */
  isOver({ state }: Pick<ReplayEntity, 'state'>, isStopped: boolean): boolean {
    return isStopped || state === 'completed' || state === 'failed';
  }
}
