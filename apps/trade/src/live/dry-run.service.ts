import type { StrategyDocument } from '@assay/contracts';
import type { BarColumns, Clock } from '@assay/domain';
import { checkData } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Decimal } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { VenuePool } from '../adapters/venue-pool';
import { barOverMs } from '../bars/bar-over';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { OwnDeployments } from '../deployments/own-deployments';
import { reasonText } from '../execution/reason-text';
import { Artifacts } from '../strategies/artifacts';
import { BarFeed } from '../runs/bar-feed';
import { closedBars, outsideMessage, unclosedMessage } from '../runs/closed-bars';
import { Compute } from '../runs/compute';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { StrategyDocuments } from '../strategies/strategy-documents';
import type { DryRunDto, DryRunStepDto } from './live.response';
import { LiveStore } from '../records/live/live.store';

/** What the steps that passed have found. */
type Facts = Partial<Omit<DryRunDto, 'deployment_id' | 'passed' | 'steps' | 'created_at'>>;

/** Does everything a run does up to the order, and places nothing: what must pass before live trading. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly feed: BarFeed,
    private readonly artifacts: Artifacts,
    private readonly brokers: VenuePool,
    private readonly compute: Compute,
    private readonly own: OwnDeployments,
    private readonly documents: StrategyDocuments,
    private readonly store: LiveStore,
  ) {}

  async run(owner: Principal, deploymentId: string): Promise<DryRunDto> {
    const clock: Clock = { nowMs: () => Date.now() };
    const deployment = await this.tx.run((em) => this.own.get(em, owner, deploymentId));
    const steps: DryRunStepDto[] = [];
    const facts: Facts = {};
    const documentOf = (): Promise<StrategyDocument> => this.tx.run((em) => this.documents.pinned(em, deployment));
    const document = await attempt(steps, 'document', documentOf, 'has the hash that was validated');
    if (document) {
      await attempt(steps, 'artifact', () => this.artifacts.evaluator(document), 'is there and has its hash');
      const bars = await attempt(
        steps,
        'data',
        () => this.barsFor(deployment, document, clock, facts),
        'has the newest bar that has closed',
      );
      if (bars) {
        await attempt(steps, 'evaluator', () => this.evaluate(document, bars, facts), 'gave a decision');
      }
    }
    await attempt(
      steps,
      'broker',
      () => this.askBroker(deployment, clock, facts),
      'answers, knows the account and the symbol',
    );
    const passed = steps.every((step) => step.passed);
    const report = { passed, steps, ...facts };
    const createdAt = new Date();
    const row = { dryRunId: newId(), deploymentId, passed, report, createdAt };
    await this.tx.run((em) => this.store.addDryRun(em, row));
    return { deployment_id: deploymentId, ...report, created_at: createdAt.toISOString() };
  }

  /** The bars that a run would evaluate now, judged by the check of the risk gate that would judge the run. */
  private async barsFor(
    deployment: DeploymentEntity,
    document: StrategyDocument,
    clock: Clock,
    facts: Facts,
  ): Promise<BarColumns> {
    const { dataSymbol, timeframe, dataSource, adjustment, firstBar, market } = deployment;
    const nowMs = clock.nowMs();
    const info = await this.series.find(dataSymbol, timeframe, dataSource ?? undefined);
    if (!info) throw new Error(`no ${timeframe} bars of ${dataSymbol} are stored`);
    const anchor = document.kind === 'pipeline' ? document.history_anchor : undefined;
    if (anchor) await this.series.checkAnchor(info, anchor);
    const calendar = calendarFor(market);
    const stored = await this.series.read(info, adjustment, firstBar?.getTime(), nowMs);
    const bars = closedBars(stored, calendar, nowMs);
    const state = await this.tx.run((em) => this.feed.known(em, deployment));
    if (state) await this.feed.after(deployment, document, info, state, calendar, nowMs);
    const left = [unclosedMessage(stored, bars, calendar), outsideMessage(stored, bars, calendar)];
    const told = left.filter((message) => message !== null);
    if (told.length > 0) facts.warnings = told;
    const openMs = bars.openTimeMs.at(-1);
    const lastCloseMs = openMs === undefined ? null : barOverMs(calendar, openMs, timeframe);
    const expectedCloseMs = lastBarCloseMs(calendar, timeframe, nowMs);
    if (expectedCloseMs === null) throw new Error(`no_session: the ${market} calendar has no bar that closed lately`);
    const { record } = checkData({ lastCloseMs, expectedCloseMs, nowMs });
    if (openMs !== undefined) {
      facts.bar_time = new Date(openMs).toISOString();
      facts.bar_close_time = new Date(lastCloseMs!).toISOString();
      facts.price = new Decimal(bars.close.at(-1)!).toFixed();
    }
    if (!record.passed) throw new Error(reasonText([record], record.code ?? 'data'));
    return bars;
  }

  private async evaluate(document: StrategyDocument, bars: BarColumns, facts: Facts): Promise<void> {
    const artifact = await this.artifacts.of(document);
    const { last: decision } = await this.compute.warmUp({ document, artifact, bars });
    if (!decision) throw new Error('the evaluator saw no bar');
    facts.signal = Number.isNaN(decision.signal) ? null : decision.signal;
    facts.weight = decision.weight;
  }

  private async askBroker(deployment: DeploymentEntity, clock: Clock, facts: Facts): Promise<void> {
    const broker = await this.brokers.open(deployment, clock);
    const health = await broker.health();
    if (!health.reachable || !health.tradable) throw new Error('the broker is not reachable or takes no orders');
    facts.cash = (await broker.getAccountInfo()).availableCash;
    facts.instrument = await broker.getInstrument(deployment.ticker);
  }
}

async function attempt<T>(
  steps: DryRunStepDto[],
  step: string,
  body: () => Promise<T>,
  good: string,
): Promise<T | undefined> {
  try {
    const result = await body();
    steps.push({ step, passed: true, detail: good });
    return result;
  } catch (error) {
    steps.push({ step, passed: false, detail: (error as Error).message });
    return undefined;
  }
}
