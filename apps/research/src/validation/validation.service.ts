import type { ValidationPayload } from '@assay/contracts';
import { nextStatus, POLICY_DOCUMENTS, toldVerdicts } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { refusing } from '@assay/pipeline';
import { Jobs, type JobRow } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { checkSplitCount, MOST_SPLITS, requireThat } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ComparisonLoader } from '../runs/comparison';
import { holdoutView } from '../records/holdouts/holdout.response';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { OutsideTrialsStore } from '../records/trials/outside-trials.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import { assertComplete } from '../recipes/recipe-document';
import { onlySymbol } from '../recipes/recipe';
import { dataSymbol, isUniverseRecipe } from '../recipes/recipe-universe';
import { assertNotArchived, StrategyStore } from '../records/strategies/strategy.store';
import { assertNoSpace, searchedSpace } from './search/searched-space';
import type { CpcvDto, WalkForwardDto } from './validation.request';
import type { StrategyValidationDto, ValidationRunDto } from './validation.response';
import type { ValidationEntity, ValidationKind } from '../records/validations/validation.entity';
import type { ValidationRequest } from '../records/validations/validation-request';
import { ValidationStore } from '../records/validations/validation.store';

@Injectable()
export class ValidationService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly ledger: TrialLedger,
    private readonly outside: OutsideTrialsStore,
    private readonly holdouts: HoldoutStore,
    private readonly strategies: StrategyStore,
    private readonly validations: ValidationStore,
    private readonly comparison: ComparisonLoader,
  ) {}

  /** @throws DomainError for a space of parameters that is none, or that the strategy cannot be searched in. */
  async walkForward(ownerId: string, asked: WalkForwardDto): Promise<JobRow> {
    const { folds, ratio, kind, params } = asked;
    const { walk_forward: policy } = POLICY_DOCUMENTS.default.layout;
    const layout = { folds: folds ?? policy.folds, ratio: ratio ?? policy.train_to_test, kind: kind ?? policy.kind };
    const isPolicy =
      layout.folds === policy.folds && layout.ratio === policy.train_to_test && layout.kind === policy.kind;
    if (params === undefined) {
      assertNoSpace(asked);
      return this.submit(ownerId, 'walk_forward', asked, { policy_layout: isPolicy, ...layout });
    }
    const { recipe } = (await this.strategies.at(this.db.manager, ownerId, asked.strategy_id, asked.revision)).revision;
    const space = searchedSpace(recipe, asked);
    return this.submit(ownerId, 'walk_forward_search', asked, { policy_layout: false, ...layout, space });
  }

  /** @throws DomainError `validation_failed` for a layout that is none or has more splits than the limit. */
  async cpcv(ownerId: string, asked: CpcvDto): Promise<JobRow> {
    const { groups, test_groups } = asked;
    const { cpcv: policy } = POLICY_DOCUMENTS.default.layout;
    const layout = { groups: groups ?? policy.groups, test_groups: test_groups ?? policy.test_groups };
    refusing(() => {
      requireThat(
        layout.test_groups < layout.groups,
        'test_groups',
        `below groups ${layout.groups}`,
        layout.test_groups,
      );
      checkSplitCount('test_groups', layout.groups, layout.test_groups, MOST_SPLITS);
    });
    const isPolicy = layout.groups === policy.groups && layout.test_groups === policy.test_groups;
    return this.submit(ownerId, 'cpcv', asked, { policy_layout: isPolicy, ...layout });
  }

  /** @throws DomainError 409: `illegal_transition` without a completed backtest, `archived_read_only`, `not_ready`. */
  private async submit(
    ownerId: string,
    kind: ValidationKind,
    asked: WalkForwardDto | CpcvDto,
    layout: ValidationRequest,
  ): Promise<JobRow> {
    const { strategy_id: strategyId, revision: number } = asked;
    const fx = await this.fxOf(ownerId, asked);
    // gates are of the currency of the prices, as all trials are
    const request = fx ? { ...layout, policy_layout: false, fx } : layout;
    return this.tx.run(async (em) => {
      const { strategy, revision } = await this.strategies.at(em, ownerId, strategyId, number);
      assertNotArchived(strategy);
      assertComplete(revision.recipe);
      if (!isUniverseRecipe(revision.recipe)) onlySymbol(revision.recipe);
      nextStatus(revision.status, 'validation_passed');
      const id = newId();
      const payload: ValidationPayload = { validation_id: id };
      const job = await this.jobs.submit(em, {
        kind: `validation.${kind}`,
        ownerId,
        payload,
        subjectId: id,
        about: strategy.name,
      });
      await this.validations.insertQueued(em, {
        id,
        ownerId,
        strategyId,
        revision: revision.revision,
        configHash: revision.configHash,
        kind,
        request,
        jobId: job.id,
      });
      return job;
    });
  }

  /** @throws DomainError as of backtests, and for a universe, which is judged in the currencies of its prices */
  private async fxOf(ownerId: string, asked: WalkForwardDto | CpcvDto): Promise<ValidationRequest['fx']> {
    const { strategy_id: id, revision: number, fx, account_currency: account } = asked;
    if (fx === undefined && account === undefined) return undefined;
    const { recipe } = (await this.strategies.at(this.db.manager, ownerId, id, number)).revision;
    if (!isUniverseRecipe(recipe)) return (await this.comparison.fxOf(fx, account, recipe.timeframe)).fx;
    const field = fx === undefined ? 'account_currency' : 'fx';
    const message = `${field} must not be given for a strategy over a universe, which is judged in the currencies of its prices`;
    throw invalidField(field, 'not_applicable', asked[field], message);
  }

  /** Newest evidence of the newest revision with the gates as they stand. */
  async ofStrategy(ownerId: string, strategyId: string, number?: number): Promise<StrategyValidationDto> {
    const em = this.db.manager;
    const { strategy, revision } = await this.strategies.at(em, ownerId, strategyId, number);
    const newest = (kind: ValidationKind) => this.validations.newest(em, strategyId, revision.revision, kind);
    const [walkForward, searched, cpcv] = [
      await newest('walk_forward'),
      await newest('walk_forward_search'),
      await newest('cpcv'),
    ];
    const jobs = await this.jobs.byIds(
      em,
      [walkForward, searched, cpcv].flatMap((run) => run?.jobId ?? []),
    );
    const view = (run: ValidationEntity | null) => run && endedWith(validationView(run), jobs.get(run.jobId ?? ''));
    const { gateFacts } = revision;
    const [holdout] = await this.holdouts.ofLineage(em, ownerId, strategy.lineageId);
    const symbol = dataSymbol(revision.recipe);
    const told = toldVerdicts(revision.gates ?? {}, gateFacts?.evidence);
    return {
      strategy_id: strategyId,
      revision: revision.revision,
      status: strategy.archivedAt ? 'archived' : revision.status,
      walk_forward: view(walkForward),
      walk_forward_search: view(searched),
      cpcv: view(cpcv),
      gates: Object.fromEntries(told.map((verdict) => [verdict.policy, verdict])),
      validated_under: revision.validatedUnder,
      gates_at: revision.gatesAt?.toISOString() ?? null,
      ledger: {
        as_judged: gateFacts && {
          ...gateFacts.ledger,
          declared_outside: gateFacts.ledger.declared_outside ?? 0,
          at: revision.gatesAt!.toISOString(),
        },
        now: {
          trials: await this.ledger.count(em, ownerId, strategy.lineageId),
          declared_outside: await this.outside.declared(em, ownerId, strategy.lineageId),
          owner_trials_on_this_data: await this.ledger.ownerTrialsOn(em, ownerId, symbol, revision.recipe.timeframe),
        },
      },
      holdout: holdout ? holdoutView(holdout) : null,
      information: gateFacts && { ...gateFacts.information, quality: gateFacts.quality },
    };
  }
}

export const validationView = (v: ValidationEntity): ValidationRunDto => ({
  id: v.id,
  strategy_id: v.strategyId,
  revision: v.revision,
  kind: v.kind,
  status: v.status,
  policy_layout: v.request.policy_layout,
  job_id: v.jobId,
  request: v.request,
  result: v.result,
  data: v.data,
  error: v.error,
  created_at: v.createdAt.toISOString(),
  finished_at: v.finishedAt?.toISOString() ?? null,
});

/** A run that its job has left, since it was canceled, or failed outside the run itself, is neither queued nor running. */
function endedWith(run: ValidationRunDto, job: JobRow | undefined): ValidationRunDto {
  const isOpen = run.status === 'queued' || run.status === 'running';
  if (!isOpen || job === undefined || (job.state !== 'failed' && job.state !== 'canceled')) return run;
  return { ...run, status: job.state, error: job.error, finished_at: job.finishedAt?.toISOString() ?? null };
}
