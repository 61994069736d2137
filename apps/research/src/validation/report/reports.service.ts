import { toldVerdicts } from '@assay/domain';
import { sha256OfUri } from '@assay/pipeline';
import { hashOf, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BacktestsService } from '../../backtests/backtests.service';
import { BacktestReports } from '../../backtests/report/backtest-reports.service';
import { SweptLineage } from '../../backtests/sweeps/swept-lineage';
import { MarketData } from '../../data/market-data';
import { PromotionStore } from '../../records/promotions/promotion.store';
import { StrategyStore } from '../../records/strategies/strategy.store';
import type { StrategyEntity } from '../../records/strategies/strategy.entity';
import type { StrategyRevisionEntity } from '../../records/strategies/strategy-revision.entity';
import { OutsideTrialsStore } from '../../records/trials/outside-trials.store';
import { TrialLedger } from '../../records/trials/trial-ledger.store';
import type { ValidationEntity } from '../../records/validations/validation.entity';
import { ValidationStore } from '../../records/validations/validation.store';
import { reportedStrategy } from '../../reports/reported-strategy.response';
import { promotionView } from '../../strategies/lineage-view';
import { ValidationService, validationView } from '../validation.service';
import { conclusionOf, notesOf } from './report-words';
import {
  REPORT_KIND,
  REPORT_VERSION,
  type LedgerTimeline,
  type ReportedBacktestDto,
  type ValidationReportDto,
} from './report.response';

interface Runs {
  walkForward: ValidationEntity | null;
  /** Information: the gates rest on none. */
  searched: ValidationEntity | null;
  cpcv: ValidationEntity | null;
  backtest: ReportedBacktestDto | null;
  backtestHash: string | null;
}

/** The verdicts on a revision with all that they rest on, as one document that stands by itself. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly db: DataSource,
    private readonly validation: ValidationService,
    private readonly strategies: StrategyStore,
    private readonly validations: ValidationStore,
    private readonly promotions: PromotionStore,
    private readonly backtests: BacktestsService,
    private readonly backtestReports: BacktestReports,
    private readonly sweeps: SweptLineage,
    private readonly trials: TrialLedger,
    private readonly outside: OutsideTrialsStore,
    private readonly market: MarketData,
  ) {}

  /** @throws DomainError `not_found`; 409 `not_ready` before a validation of the revision has completed */
  async of(ownerId: string, strategyId: string, number?: number): Promise<ValidationReportDto> {
    const em = this.db.manager;
    const { strategy, revision } = await this.strategies.at(em, ownerId, strategyId, number);
    const runs = await this.runsOf(ownerId, revision);
    const { walkForward, searched, cpcv, backtest } = runs;
    if (!walkForward && !cpcv) {
      const message = `a report needs a completed validation, revision ${revision.revision} has none`;
      throw refuse('not_ready', message, { revision: revision.revision });
    }
    const judged = await this.validation.ofStrategy(ownerId, strategyId, revision.revision);
    const data = cpcv?.data ?? walkForward?.data ?? null;
    const synthetic = data ? await this.market.syntheticOf(data) : [];
    const policies = toldVerdicts(judged.gates, { ...revision.gateFacts?.evidence, synthetic });
    const promotions = (await this.promotions.historyOf(em, strategyId)).filter(
      (entry) => entry.revision === revision.revision,
    );
    const [walk_forward, cross] = [walkForward && validationView(walkForward), cpcv && validationView(cpcv)];
    const { ledger, holdout, information, validated_under, gates_at } = judged;
    const content = {
      kind: REPORT_KIND,
      format_version: REPORT_VERSION,
      strategy: { ...reportedStrategy({ strategy, revision }), status: judged.status },
      conclusion: conclusionOf(policies, { synthetic, kind: strategy.kind }),
      notes: notesOf({ policies, synthetic, ledger, walk_forward, cpcv: cross, backtest, data }),
      hashes: {
        config: revision.configHash,
        data: data?.fingerprint ?? null,
        model: (cpcv ?? walkForward)?.artifact?.sha256 ?? null,
        walk_forward: shaOf(walkForward),
        cpcv: shaOf(cpcv),
        backtest: runs.backtestHash,
        promotion: promotions.findLast(({ evidenceSha256 }) => evidenceSha256 !== null)?.evidenceSha256 ?? null,
      },
      ...{ data, synthetic, validated_under, gates_at, policies, ledger },
      timeline: await this.timelineOf(strategy),
      sweep: await this.sweeps.planeOf(ownerId, { strategy, revision }),
      ...{ holdout, information, backtest, walk_forward },
      walk_forward_search: searched && validationView(searched),
      cpcv: cross,
      promotions: promotions.map(promotionView),
    } satisfies Omit<ValidationReportDto, 'sha256' | 'made_at'>;
    return { ...content, sha256: hashOf(content), made_at: new Date().toISOString() };
  }

  private async timelineOf({ ownerId, lineageId }: StrategyEntity): Promise<LedgerTimeline> {
    const em = this.db.manager;
    const { days } = await this.trials.outline(em, ownerId, lineageId);
    const declared = await this.outside.of(em, ownerId, lineageId);
    return { days, declared: declared.map(({ createdAt, trials }) => ({ at: createdAt.toISOString(), trials })) };
  }

  /** What the gates were judged on; before they were, the newest of each kind that has completed. */
  private async runsOf(ownerId: string, revision: StrategyRevisionEntity): Promise<Runs> {
    const { gateFacts, strategyId, revision: number } = revision;
    const completed = await this.validations.completedOf(this.db.manager, strategyId, number);
    const newest = (kind: ValidationEntity['kind']): ValidationEntity | undefined =>
      completed.find((one) => one.kind === kind);
    const run = (kind: ValidationEntity['kind'], id: string | null): ValidationEntity | null =>
      (gateFacts === null ? newest(kind) : completed.find((one) => one.id === id)) ?? null;
    const walkForward = run('walk_forward', gateFacts?.walk_forward_id ?? null);
    const cpcv = run('cpcv', gateFacts?.cpcv_id ?? null);
    const searched = newest('walk_forward_search') ?? null;
    const id = gateFacts?.backtest_id ?? null;
    if (id === null) return { walkForward, searched, cpcv, backtest: null, backtestHash: null };
    const ended = await this.backtests.completed(ownerId, id);
    const { row } = ended;
    const backtest: ReportedBacktestDto = {
      id,
      engine: row.engine,
      request: row.request,
      data: row.data,
      metrics: row.metrics ?? {},
      reasons: row.reasons ?? {},
      buy_hold_metrics: row.buyHoldMetrics ?? {},
      periods_per_year: row.basis?.periods_per_year ?? null,
      finished_at: row.finishedAt?.toISOString() ?? null,
      ...(await this.backtestReports.partsOf(ended)),
    };
    return { walkForward, searched, cpcv, backtest, backtestHash: row.basis?.result_hash ?? null };
  }
}

const shaOf = (run: ValidationEntity | null): string | null => (run?.evidenceUri ? sha256OfUri(run.evidenceUri) : null);
