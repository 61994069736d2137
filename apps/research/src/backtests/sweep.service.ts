import type { RuleTree } from '@assay/contracts';
import { invalid, parseRuleTree, refuse, ruleFields } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { applyParam } from '@assay/pipeline';
import { Jobs, type JobRow } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MarketData } from '../data/market-data';
import { signalLogics } from '../definitions/definition-stores';
import { below } from '../signals/signals.service';
import { onlySymbol, RecipeComposer } from '../strategies/recipe-composer';
import { documentOf } from '../strategies/recipe-document';
import type { Recipe } from '../strategies/recipe';
import { assertNotArchived, strategyAt } from '../strategies/strategy.store';
import type { SweepCandidateDto, SweepDto } from './backtest.dto';
import { valuesOfParam } from './sweep-range';

const MOST_CELLS = 5000;

/** A rule tree to try in place of the strategy's. */
export interface SweepCandidate {
  rule_tree: RuleTree;
  output_mode: 'discrete' | 'numeric';
  position_mode: 'long_only' | 'long_short';
}

export interface SweepPayload {
  strategy_id: string;
  revision: number;
  source: string | null;
  params: { path: string; values: number[] }[] | null;
  candidates: SweepCandidate[] | null;
}

@Injectable()
export class SweepService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly market: MarketData,
    private readonly composer: RecipeComposer,
  ) {}

  /** @throws DomainError naming the parameter, the candidate and the node that is wrong; nothing is tried then. */
  async submit(ownerId: string, body: SweepDto): Promise<JobRow> {
    const em = this.db.manager;
    const { strategy, revision } = await strategyAt(em, ownerId, body.strategy_id, body.revision);
    assertNotArchived(strategy);
    const { recipe } = revision;
    const symbol = onlySymbol(recipe);
    if ((body.params === undefined) === (body.candidates === undefined)) {
      const message = 'either params or candidates must be given';
      throw invalid([{ field: 'params', rule: 'one_of', value: body.params ?? null, message }]);
    }
    const source = body.source ?? strategy.source;
    await this.market.requireSeries(revision.historyAnchor?.source ?? source, symbol, recipe.timeframe);
    const payload: SweepPayload = {
      strategy_id: strategy.id,
      revision: revision.revision,
      source: body.source ?? null,
      params: body.params ? gridOf(recipe, symbol, body) : null,
      candidates: body.candidates ? await this.candidatesOf(ownerId, recipe, strategy, body.candidates) : null,
    };
    return this.tx.run((manager) =>
      this.jobs.submit(manager, {
        service: 'research',
        kind: 'backtest.sweep',
        ownerId,
        payload,
        subjectId: strategy.id,
      }),
    );
  }

  private async candidatesOf(
    ownerId: string,
    recipe: Recipe,
    strategy: Parameters<RecipeComposer['extraColumns']>[0],
    candidates: SweepCandidateDto[],
  ): Promise<SweepCandidate[]> {
    if (recipe.kind !== 'pipeline' || !recipe.model) {
      throw refuse('not_ready', 'candidates need a pipeline strategy with a model attached', { missing: ['model_id'] });
    }
    const names = recipe.features.map((feature) => feature.name);
    const fields = ruleFields(names, recipe.model.kind !== 'rule.identity', await this.composer.extraColumns(strategy));
    const found: SweepCandidate[] = [];
    for (const [i, candidate] of candidates.entries()) {
      const at = `candidates[${i}]`;
      if ((candidate.rule_tree === undefined) === (candidate.signal_logic_id === undefined)) {
        const message = `${at} must have either rule_tree or signal_logic_id`;
        throw invalid([{ field: at, rule: 'one_of', value: candidate, message }]);
      }
      const saved = candidate.signal_logic_id
        ? (await signalLogics.newest(this.db.manager, ownerId, [candidate.signal_logic_id]))[0]!.content
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

function gridOf(recipe: Recipe, symbol: string, body: SweepDto): { path: string; values: number[] }[] {
  const document = documentOf(recipe, symbol, { strategyId: body.strategy_id, name: '', revision: 1 });
  const params = body.params!.map((param, i) => ({ path: param.path, values: valuesOfParam(param, i) }));
  params.forEach(({ path, values }, i) => {
    try {
      applyParam(document, path, values[0]!);
    } catch (error) {
      const message = `params[${i}].path: ${(error as Error).message}`;
      throw invalid([{ field: `params[${i}].path`, rule: 'number_path', value: path, message }]);
    }
  });
  const cells = params.reduce((size, { values }) => size * values.length, 1);
  if (cells > MOST_CELLS) {
    const message = `params must make at most ${MOST_CELLS} cells, because each is a trial, were ${cells}`;
    throw invalid([{ field: 'params', rule: 'max_cells', value: cells, message }]);
  }
  return params;
}
