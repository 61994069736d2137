import type { Clock } from '@assay/domain';
import { Decimal } from '@assay/domain';
import { newId, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BrokerRegistry } from '../adapters/broker-registry';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import { ownDeployment } from '../deployments/deployments.service';
import { Artifacts } from '../runs/artifacts';
import { Compute } from '../runs/compute';
import { calendarOf } from '../schedules/calendar-of';
import { documentFor } from '../strategies/document-for';
import { StrategyEntity } from '../strategies/strategy.entity';
import { DryRunEntity } from './dry-run.entity';

interface Step {
  step: string;
  passed: boolean;
  detail: string;
}

/** Does everything a run does up to the order, and places nothing: what must pass before live trading. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly artifacts: Artifacts,
    private readonly brokers: BrokerRegistry,
    private readonly compute: Compute,
  ) {}

  async run(owner: Principal, deploymentId: string): Promise<object> {
    const clock: Clock = { nowMs: () => Date.now() };
    return this.tx.run(async (em) => {
      const deployment = await ownDeployment(em, owner, deploymentId);
      const steps: Step[] = [];
      const facts: Record<string, unknown> = {};
      const document = await attempt(
        steps,
        'document',
        () => this.documentOf(em, deployment),
        'has the hash that was validated',
      );
      if (document) {
        await attempt(steps, 'artifact', () => this.artifacts.evaluator(document), 'is there and has its hash');
        await attempt(steps, 'evaluator', () => this.evaluate(deployment, document, clock, facts), 'gave a decision');
      }
      await attempt(
        steps,
        'broker',
        () => this.askBroker(em, deployment, clock, facts),
        'answers, knows the account and the symbol',
      );
      const passed = steps.every((step) => step.passed);
      const report = { passed, steps, ...facts };
      const createdAt = new Date();
      await em.insert(DryRunEntity, { dryRunId: newId(), deploymentId, passed, report: report as never, createdAt });
      return { deployment_id: deploymentId, ...report, created_at: createdAt.toISOString() };
    });
  }

  private async documentOf(em: EntityManager, deployment: DeploymentEntity) {
    const { strategyId, strategyRevision: revision, ticker } = deployment;
    const strategy = await em.findOneByOrFail(StrategyEntity, { strategyId, revision });
    return documentFor(em, strategy, ticker);
  }

  private async evaluate(
    deployment: DeploymentEntity,
    document: Awaited<ReturnType<DryRunService['documentOf']>>,
    clock: Clock,
    facts: Record<string, unknown>,
  ): Promise<void> {
    const { dataSymbol, timeframe, dataSource, adjustment, firstBar, market } = deployment;
    const info = await this.series.find(dataSymbol, timeframe, dataSource ?? undefined);
    if (!info) throw new Error(`no ${timeframe} bars of ${dataSymbol} are stored`);
    const bars = await this.series.read(info, adjustment, firstBar?.getTime(), clock.nowMs());
    const artifact = await this.artifacts.of(document);
    const { last: decision } = await this.compute.warmUp({ document, artifact, bars });
    if (!decision) throw new Error('the evaluator saw no bar');
    const close = bars.close.at(-1)!;
    facts.bar_time = new Date(bars.openTimeMs.at(-1)!).toISOString();
    facts.bar_close_time = new Date(calendarOf(market).barCloseMs(bars.openTimeMs.at(-1)!, timeframe)).toISOString();
    facts.signal = Number.isNaN(decision.signal) ? null : decision.signal;
    facts.weight = decision.weight;
    facts.price = new Decimal(close).toFixed();
  }

  private async askBroker(
    em: EntityManager,
    deployment: DeploymentEntity,
    clock: Clock,
    facts: Record<string, unknown>,
  ): Promise<void> {
    const broker = await this.brokers.open(deployment, clock, em);
    await broker.connect();
    const health = await broker.health();
    if (!health.reachable || !health.tradable) throw new Error('the broker is not reachable or takes no orders');
    facts.cash = (await broker.getAccountInfo()).availableCash;
    facts.instrument = await broker.getInstrument(deployment.ticker);
  }
}

async function attempt<T>(steps: Step[], step: string, body: () => Promise<T>, good: string): Promise<T | undefined> {
  try {
    const result = await body();
    steps.push({ step, passed: true, detail: good });
    return result;
  } catch (error) {
    steps.push({ step, passed: false, detail: (error as Error).message });
    return undefined;
  }
}
