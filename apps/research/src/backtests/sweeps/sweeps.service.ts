import { modelPlan, parseRuleTree, ruleFields } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Jobs, type JobRow, type Principal } from '@assay/platform';
import { below, invalid, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MarketData } from '../../data/market-data';
import { SignalLogicStore } from '../../records/definitions/signal-logic.store';
import { RecipeComposer } from '../../strategies/recipe-composer';
import { onlySymbol, type Recipe } from '../../recipes/recipe';
import { universeOf } from '../../recipes/recipe-universe';
import { UniverseInputsLoader } from '../../runs/universe/universe-inputs';
import { barsSourceOf } from '../../records/strategies/bars-source';
import { assertNotArchived, StrategyStore } from '../../records/strategies/strategy.store';
import { endedSweep } from './ended-sweep';
import { plannedGrid, searchOf } from './planned-grid';
import { sweepMatrix } from './sweep-matrix';
import type { SweepCandidate, SweepPayload } from '@assay/contracts';
import type { SweepCandidateDto, SweepDto, SweepMatrixQuery } from './sweep.request';
import type { SweepMatrixDto } from './sweep.response';

const DEFAULT_TOP = 10;

@Injectable()
export class SweepService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly market: MarketData,
    private readonly universes: UniverseInputsLoader,
    private readonly composer: RecipeComposer,
    private readonly strategies: StrategyStore,
    private readonly signalLogics: SignalLogicStore,
  ) {}

  /** @throws DomainError naming the parameter, the candidate and the node that is wrong; nothing is tried then. */
  async submit(ownerId: string, body: SweepDto): Promise<JobRow> {
    const em = this.db.manager;
    const swept = await this.strategies.at(em, ownerId, body.strategy_id, body.revision);
    const { strategy, revision } = swept;
    assertNotArchived(strategy);
    const { recipe } = revision;
    const universe = universeOf(revision, strategy.name);
    if (universe) assertOfUniverse(body);
    else onlySymbol(recipe);
    if ((body.params === undefined) === (body.candidates === undefined)) {
      const message = 'either params or candidates must be given';
      throw invalid([{ field: 'params', rule: 'one_of', value: body.params ?? null, message }]);
    }
    assertGridOnly(body);
    assertPrunable(body);
    const source = barsSourceOf(revision, body.source);
    if (universe) await this.universes.outline(em, ownerId, strategy.id, revision.revision, body.source);
    else await this.market.requireSeries(source, onlySymbol(recipe), recipe.timeframe);
    const planned = body.params ? plannedGrid(universe ?? recipe, body) : null;
    const payload: SweepPayload = {
      strategy_id: strategy.id,
      revision: revision.revision,
      source: body.source ?? null,
      params: planned?.params ?? null,
      constraints: body.constraints ?? [],
      existing: planned?.existing ?? null,
      candidates: body.candidates
        ? await this.candidatesOf(ownerId, recipe, { ...strategy, source }, body.candidates)
        : null,
      search: searchOf(body, planned?.size ?? body.candidates!.length),
      by: body.by ?? 'sharpe',
      top: body.top ?? DEFAULT_TOP,
      objective: body.objective ?? 'backtest',
      prune: body.prune ?? 'none',
    };
    return this.tx.run((manager) =>
      this.jobs.submit(manager, {
        kind: 'backtest.sweep',
        ownerId,
        payload,
        subjectId: strategy.id,
        about: strategy.name,
      }),
    );
  }

  /** @throws DomainError `not_ready` until the sweep has completed, `validation_failed` for parameters that it did not sweep. */
  async matrix(owner: Principal, jobId: string, query: SweepMatrixQuery): Promise<SweepMatrixDto> {
    const { asked, found } = await endedSweep(this.jobs, owner, jobId);
    return sweepMatrix(asked.params ?? [], found, query);
  }

  private async candidatesOf(
    ownerId: string,
    recipe: Recipe,
    strategy: Parameters<RecipeComposer['extraColumns']>[1],
    candidates: SweepCandidateDto[],
  ): Promise<SweepCandidate[]> {
    if (recipe.kind !== 'pipeline' || !recipe.model) {
      throw refuse('not_ready', 'candidates need a pipeline strategy with a model attached', { missing: ['model_id'] });
    }
    const names = recipe.features.map((feature) => feature.name);
    const fields = ruleFields(
      names,
      modelPlan(recipe.model) !== null,
      await this.composer.extraColumns(this.db.manager, strategy),
    );
    const found: SweepCandidate[] = [];
    for (const [i, candidate] of candidates.entries()) {
      const at = `candidates[${i}]`;
      if ((candidate.rule_tree === undefined) === (candidate.signal_logic_id === undefined)) {
        const message = `${at} must have either rule_tree or signal_logic_id`;
        throw invalid([{ field: at, rule: 'one_of', value: candidate, message }]);
      }
      const saved = candidate.signal_logic_id
        ? (await this.signalLogics.newest(this.db.manager, ownerId, [candidate.signal_logic_id]))[0]!.content
        : null;
      found.push({
        rule_tree: below(`${at}.rule_tree`, () => parseRuleTree(saved?.rule_tree ?? candidate.rule_tree, fields)),
        output_mode: saved?.output_mode ?? recipe.signal?.output_mode ?? 'discrete',
        position_mode: candidate.position_mode ?? saved?.position_mode ?? recipe.signal?.position_mode ?? 'long_only',
      });
    }
    return found;
  }
}

/** @throws DomainError naming what only a strategy of one symbol has. */
function assertOfUniverse({ candidates, objective = 'backtest' }: SweepDto): void {
  if (candidates !== undefined) {
    const message = 'candidates must belong to a strategy of one symbol, a universe has no rule tree: sweep its params';
    throw invalid([{ field: 'candidates', rule: 'one_symbol', value: candidates.length, message }]);
  }
  if (objective === 'backtest') return;
  const message = `objective must be backtest for a universe, whose cells are not cross-validated, was ${objective}`;
  throw invalid([{ field: 'objective', rule: 'one_symbol', value: objective, message }]);
}

/** @throws DomainError naming what belongs to a grid and was given with candidates. */
function assertGridOnly({ candidates, constraints, search, by, objective }: SweepDto): void {
  if (!candidates) return;
  const wrong = constraints ? 'constraints' : search && search.method !== 'exhaustive' ? 'search.method' : null;
  const field = wrong ?? (by === 'plateau' ? 'by' : objective === 'cpcv' ? 'objective' : null);
  if (field === null) return;
  const value = { constraints, 'search.method': search?.method, by, objective }[field];
  const message = `${field} must belong to params, candidates have no grid, was ${JSON.stringify(value)}`;
  throw invalid([{ field, rule: 'grid_only', value, message }]);
}

/** @throws DomainError where there are no splits after which a cell could be given up. */
function assertPrunable({ objective = 'backtest', prune = 'none' }: SweepDto): void {
  if (prune === 'none' || objective === 'cpcv') return;
  const message = `prune must belong to objective cpcv, a backtest has no splits, was ${prune}`;
  throw invalid([{ field: 'prune', rule: 'cpcv_only', value: prune, message }]);
}
