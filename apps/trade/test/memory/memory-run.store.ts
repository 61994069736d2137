import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../../src/listing/time-page';
import type { SpanQuery } from '../../src/records/deployment-page';
import type { EvaluatorStateEntity } from '../../src/records/runs/evaluator-state.entity';
import type { RunEntity } from '../../src/records/runs/run.entity';
import { restingOf, type RestingState } from '../../src/records/runs/resting-order';
import type { RunStore } from '../../src/records/runs/run.store';
import { change, copy, type MemoryRecords, newestFirst, pageOf } from './memory-records';

export class MemoryRunStore implements RunStore {
  constructor(private readonly records: MemoryRecords) {}

  async claim(
    _em: EntityManager,
    deploymentId: string,
    barCloseTime: Date,
    trigger: RunEntity['trigger'],
    startedAt: Date,
  ): Promise<{ runId: string; said: boolean } | null> {
    const known = this.run(deploymentId, barCloseTime);
    if (known) return known.state === 'waiting_for_bars' ? { runId: known.runId, said: known.outcome !== null } : null;
    const runId = newId();
    const rest = { state: 'waiting_for_bars', outcome: null, reason: null, finishedAt: null } as const;
    this.rows.push({ runId, deploymentId, barCloseTime, trigger, startedAt, ...rest });
    return { runId, said: false };
  }

  async set(_em: EntityManager, runId: string, set: Partial<RunEntity>): Promise<void> {
    change(this.rows, (one) => one.runId === runId, set);
  }

  async catchUp(
    _em: EntityManager,
    { deploymentId, barCloseTime, isDue }: { deploymentId: string; barCloseTime: Date; isDue: boolean },
    reason: string,
    now: Date,
  ): Promise<void> {
    const late = { state: 'caught_up', outcome: 'caught_up', reason, finishedAt: now } as const;
    const known = this.run(deploymentId, barCloseTime);
    if (known && (known.state === 'waiting_for_bars' || known.state === 'missed')) Object.assign(known, late);
    if (known || !isDue) return;
    this.rows.push({ runId: newId(), deploymentId, barCloseTime, trigger: 'bar', startedAt: now, ...late });
  }

  async miss(
    _em: EntityManager,
    deploymentId: string,
    reason: string,
    finishedAt: Date,
    closedBefore: Date,
  ): Promise<void> {
    const earlier = (one: RunEntity): boolean => one.barCloseTime < closedBefore;
    this.missWaiting((one) => one.deploymentId === deploymentId && earlier(one), reason, finishedAt);
  }

  async missStopped(_em: EntityManager, reason: string, finishedAt: Date): Promise<void> {
    const { deployments } = this.records.tables;
    const stopped = deployments.filter((one) => one.status === 'stopped').map((one) => one.deploymentId);
    this.missWaiting((one) => stopped.includes(one.deploymentId), reason, finishedAt);
  }

  async isWaiting(_em: EntityManager, deploymentId: string, barCloseTime: Date): Promise<boolean> {
    return this.run(deploymentId, barCloseTime)?.state === 'waiting_for_bars';
  }

  async newestDone(_em: EntityManager, deploymentId: string): Promise<Date | null> {
    const done = this.rows.filter((one) => one.deploymentId === deploymentId && one.state === 'done');
    return newestFirst(done, (one) => one.barCloseTime.getTime())[0]?.barCloseTime ?? null;
  }

  async page(_em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<RunEntity>> {
    const rows = this.rows.filter((one) => one.deploymentId === deploymentId);
    return pageOf(rows, { time: 'barCloseTime', id: 'runId' }, query);
  }

  async state(_em: EntityManager, deploymentId: string): Promise<EvaluatorStateEntity | null> {
    return copy(this.records.tables.states.find((one) => one.deploymentId === deploymentId) ?? null);
  }

  async resting(_em: EntityManager, deploymentIds: readonly string[]): Promise<RestingState[]> {
    return this.records.tables.states
      .filter((one) => deploymentIds.includes(one.deploymentId) && restingOf(one) !== null)
      .map(({ deploymentId, lastBar, levels }) => copy({ deploymentId, lastBar, levels }));
  }

  async dropResting(_em: EntityManager, deploymentId: string): Promise<void> {
    for (const state of this.records.tables.states) {
      if (state.deploymentId !== deploymentId || state.levels?.entryPrice !== null) continue;
      const { resting: _, ...levels } = state.levels;
      state.levels = levels;
    }
  }

  async keepState(_em: EntityManager, row: EvaluatorStateEntity): Promise<void> {
    const { tables } = this.records;
    tables.states = [...tables.states.filter((one) => one.deploymentId !== row.deploymentId), copy(row)];
  }

  private missWaiting(which: (row: RunEntity) => boolean, reason: string, finishedAt: Date): void {
    for (const row of this.rows.filter((one) => one.state === 'waiting_for_bars' && which(one))) {
      const told = [row.reason, reason].filter((one) => one !== null).join('; ');
      Object.assign(row, { state: 'missed', outcome: 'missed', reason: told, finishedAt });
    }
  }

  private run(deploymentId: string, barCloseTime: Date): RunEntity | undefined {
    const at = barCloseTime.getTime();
    return this.rows.find((one) => one.deploymentId === deploymentId && one.barCloseTime.getTime() === at);
  }

  private get rows(): RunEntity[] {
    return this.records.tables.runs;
  }
}
