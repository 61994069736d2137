import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../../src/listing/time-page';
import type { SpanQuery } from '../../src/records/deployment-page';
import type { EvaluatedBars, Followed, LogStore, NewLogRow } from '../../src/records/logs/log.store';
import type { SignalLogEntity } from '../../src/records/logs/signal-log.entity';
import type { TradeLogEntity } from '../../src/records/logs/trade-log.entity';
import { copy, type MemoryRecords, newestFirst, pageOf } from './memory-records';

export class MemoryLogStore implements LogStore {
  constructor(private readonly records: MemoryRecords) {}

  async write(_em: EntityManager, { deployment, atMs, signal, ...row }: NewLogRow): Promise<string> {
    const logId = newId();
    const { deploymentId, ownerId, strategyRevision } = deployment;
    this.records.tables.trades.push({
      ...copy(row),
      logId,
      deploymentId,
      ownerId,
      strategyRevision,
      timestamp: new Date(atMs),
      signalValue: signal === null ? null : String(signal),
      orderId: null,
      createdAt: new Date(),
    });
    return logId;
  }

  async follow(_em: EntityManager, logId: string, followed: Followed): Promise<void> {
    const row = this.records.tables.trades.find((one) => one.logId === logId);
    if (!row || (row.orderId !== null && row.reasonCode === followed.reasonCode)) return;
    const { orderId, success, reasonCode, price, message } = followed;
    const told = message === null ? row.message : `${row.message}; ${message}`;
    Object.assign(row, { orderId, success, reasonCode, price: price ?? row.price, message: told });
  }

  async newest(_em: EntityManager, deploymentId: string, most: number): Promise<TradeLogEntity[]> {
    const rows = this.trades(deploymentId);
    return newestFirst(
      rows,
      (one) => one.timestamp.getTime(),
      (one) => one.logId,
    )
      .slice(0, most)
      .map(copy);
  }

  async count(_em: EntityManager, deploymentId: string): Promise<number> {
    return this.trades(deploymentId).length;
  }

  async tradePage(_em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<TradeLogEntity>> {
    return pageOf(this.trades(deploymentId), { time: 'timestamp', id: 'logId' }, query);
  }

  async addSignals(_em: EntityManager, bars: EvaluatedBars): Promise<void> {
    const { deployment, featureNames, decisions, evaluatedAt } = bars;
    for (const decision of decisions) {
      this.records.tables.signals.push({
        deploymentId: deployment.deploymentId,
        barTime: new Date(decision.openTimeMs),
        strategyRevision: deployment.strategyRevision,
        evaluatedAt,
        featureNames: [...featureNames],
        featureValues: [...decision.features],
        prediction: decision.prediction,
        signal: decision.signal,
        weight: decision.weight,
        decision: decision.decision,
        reason: decision.reason,
      });
    }
  }

  async newestSignal(_em: EntityManager, deploymentId: string): Promise<SignalLogEntity | null> {
    return copy(this.signals(deploymentId)[0] ?? null);
  }

  async newestTarget(_em: EntityManager, deploymentId: string): Promise<number | null> {
    return this.signals(deploymentId).find((one) => !Number.isNaN(one.signal))?.signal ?? null;
  }

  async featureNames(_em: EntityManager, deploymentId: string): Promise<string[]> {
    return [...new Set(this.signals(deploymentId).flatMap((one) => one.featureNames))].sort();
  }

  async signalPage(_em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<SignalLogEntity>> {
    return pageOf(this.signals(deploymentId), { time: 'barTime', id: 'barTime' }, query);
  }

  private trades(deploymentId: string): TradeLogEntity[] {
    return this.records.tables.trades.filter((one) => one.deploymentId === deploymentId);
  }

  private signals(deploymentId: string): SignalLogEntity[] {
    const rows = this.records.tables.signals.filter((one) => one.deploymentId === deploymentId);
    return newestFirst(rows, (one) => one.barTime.getTime());
  }
}
