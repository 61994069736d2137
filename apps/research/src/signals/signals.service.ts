import { columnNames, PREDICTION_FIELD, type GenerateSignalsPayload, type RuleTree } from '@assay/contracts';
import { parseRuleTree, parseThreshold, thresholdOf, thresholdTree, unreachableGroups } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Jobs, type JobRow } from '@assay/platform';
import { below, invalid, invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { definitionRevisionView, definitionView } from '../definitions/definition-view';
import type { DefinitionRevisionsDto } from '../definitions/definition.response';
import { References } from '../definitions/references';
import { FeatureStore } from '../records/definitions/feature.store';
import { SignalLogicStore } from '../records/definitions/signal-logic.store';
import { pageOf, revisionPageOf, type Page } from '../listing/page';
import type { NamedPageQuery, RevisionPageQuery } from '../listing/page.request';
import { assertComplete } from '../recipes/recipe-document';
import { assertBefore } from '../records/holdouts/holdout-locked';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { StrategyStore } from '../records/strategies/strategy.store';
import { dryRun } from './rule-dry-run';
import type { SignalContent } from '../recipes/signal-content';
import type {
  CreateSignalDto,
  ExplainSignalDto,
  GenerateSignalsDto,
  UpdateSignalDto,
  ValidateRuleTreeDto,
} from './signal.request';
import type { RuleTreeVerdictDto, SignalLogicDto } from './signal.response';
import type { SignalLogicEntity } from '../records/definitions/signal-logic.entity';

@Injectable()
export class SignalsService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly signalLogics: SignalLogicStore,
    private readonly features: FeatureStore,
    private readonly strategies: StrategyStore,
    private readonly references: References,
    private readonly holdouts: HoldoutStore,
  ) {}

  /** Which fields there are is known once a strategy attaches the logic; until then every name is allowed. */
  create(ownerId: string, body: CreateSignalDto): Promise<SignalLogicDto> {
    const content = contentOf(treeOf(body), body.output_mode ?? 'discrete', body.position_mode);
    const columns = { name: body.name, ...columnsOf(content) };
    return this.tx.run(async (em) => signalView(await this.signalLogics.create(em, ownerId, columns, content)));
  }

  list(ownerId: string, query: NamedPageQuery): Promise<Page<SignalLogicDto>> {
    return pageOf(
      query,
      (limit, cursor) => this.signalLogics.list(this.db.manager, ownerId, { ...query, limit, cursor }),
      (rows) => rows.map(signalView),
    );
  }

  async get(ownerId: string, id: string): Promise<SignalLogicDto> {
    return signalView(await this.signalLogics.find(this.db.manager, ownerId, id));
  }

  async revisions(ownerId: string, id: string, query: RevisionPageQuery): Promise<DefinitionRevisionsDto> {
    const em = this.db.manager;
    await this.signalLogics.find(em, ownerId, id);
    return revisionPageOf(
      query,
      (limit, after) => this.signalLogics.revisionsOf(em, id, limit, after),
      (rows) => rows.map(definitionRevisionView),
    );
  }

  update(ownerId: string, id: string, expected: number, body: UpdateSignalDto): Promise<SignalLogicDto> {
    return this.tx.run(async (em) => {
      const row = await this.signalLogics.find(em, ownerId, id);
      const content = contentOf(
        changesLogic(body) ? treeOf(body) : row.ruleTree,
        body.output_mode ?? row.outputMode,
        body.position_mode ?? row.positionMode,
      );
      const columns = { name: body.name ?? row.name, ...columnsOf(content) };
      return signalView(await this.signalLogics.update(em, row, expected, columns, content));
    });
  }

  /** @throws DomainError `referenced`. */
  remove(ownerId: string, id: string): Promise<void> {
    return this.tx.run(async (em) => {
      const row = await this.signalLogics.find(em, ownerId, id);
      await this.references.assertNone(em, 'signal logic', ownerId, id);
      await this.signalLogics.remove(em, row);
    });
  }

  /** Static check of every leaf, then a dry run over the sample rows. @throws DomainError with the path of each wrong node. */
  async validateRuleTree(ownerId: string, body: ValidateRuleTreeDto): Promise<RuleTreeVerdictDto> {
    const pinned = await this.features.newest(this.db.manager, ownerId, body.feature_ids ?? []);
    const names = [...pinned.map((p) => p.content.name), ...(body.fields ?? [])];
    const fields = [...new Set([...names, PREDICTION_FIELD, ...columnNames().slice(1)])];
    const tree = below('rule_tree', () => parseRuleTree(body.rule_tree, fields));
    const { rows, groups } = dryRun(tree, body.position_mode ?? 'long_only', body.sample ?? []);
    return { valid: true, fields, unreachable: unreachableGroups(tree), groups, dry_run: rows };
  }

  /** @throws DomainError `not_ready` when parts of the strategy are missing. */
  async generate(ownerId: string, body: GenerateSignalsDto): Promise<JobRow> {
    const { strategy, revision } = await this.strategies.at(this.db.manager, ownerId, body.strategy_id, body.revision);
    assertComplete(revision.recipe);
    const payload: GenerateSignalsPayload = { strategy_id: strategy.id, revision: revision.revision };
    return this.tx.run((em) =>
      this.jobs.submit(em, {
        kind: 'signal.generate',
        ...{ ownerId, payload, subjectId: strategy.id, about: strategy.name },
      }),
    );
  }

  /** @throws DomainError `not_ready` when parts of the strategy are missing, `validation_failed` for a time that is none. */
  async explain(ownerId: string, { strategy_id: id, revision: number, at }: ExplainSignalDto): Promise<JobRow> {
    if (at !== undefined && Number.isNaN(Date.parse(at))) {
      const message = `at must be an ISO-8601 date or time, was ${at}`;
      throw invalid([{ field: 'at', rule: 'iso_8601', value: at, message }]);
    }
    const { strategy, revision } = await this.strategies.at(this.db.manager, ownerId, id, number);
    assertBefore(await this.holdouts.openOn(this.db.manager, ownerId, revision.recipe.universe), { at });
    assertComplete(revision.recipe);
    const payload = { strategy_id: strategy.id, revision: revision.revision, at: at ?? null };
    return this.tx.run((em) =>
      this.jobs.submit(em, {
        kind: 'signal.explain',
        ...{ ownerId, payload, subjectId: strategy.id, about: strategy.name },
      }),
    );
  }
}

/** Every name that occurs in a tree, whatever its shape: a tree is judged for shape before its names are known. */
export function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  const own = typeof node.field === 'string' && node.field !== '' ? [node.field] : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}

const changesLogic = (body: UpdateSignalDto): boolean =>
  body.rule_tree !== undefined || body.plugin !== undefined || body.params !== undefined;

/** The tree that was sent, or that the parameters of a plugin mean. @throws DomainError where the one is given that the plugin does not take */
function treeOf({
  plugin = 'rule_tree',
  params,
  rule_tree: tree,
}: Pick<CreateSignalDto, 'plugin' | 'params' | 'rule_tree'>): Record<string, unknown> | RuleTree {
  const [taken, other] =
    plugin === 'threshold' ? (['params', 'rule_tree'] as const) : (['rule_tree', 'params'] as const);
  const given = { params, rule_tree: tree };
  if (given[other] !== undefined) {
    const message = `${other} must not be given for the plugin ${plugin}, which takes ${taken}`;
    throw invalidField(other, 'not_applicable', given[other], message);
  }
  const own = given[taken];
  if (own === undefined) throw invalidField(taken, 'required', null, `${taken} must be given for the plugin ${plugin}`);
  return plugin === 'threshold' ? thresholdTree(below('params', () => parseThreshold(own))) : own;
}

function contentOf(
  tree: Record<string, unknown> | RuleTree,
  outputMode: SignalContent['output_mode'],
  positionMode: SignalContent['position_mode'],
): SignalContent {
  const rule_tree = below('rule_tree', () => parseRuleTree(tree, namesIn(tree)));
  return { rule_tree, output_mode: outputMode, position_mode: positionMode };
}

const columnsOf = (c: SignalContent): Partial<SignalLogicEntity> => ({
  ruleTree: c.rule_tree,
  outputMode: c.output_mode,
  positionMode: c.position_mode,
});

function signalView(s: SignalLogicEntity): SignalLogicDto {
  const params = thresholdOf(s.ruleTree);
  return {
    ...definitionView(s),
    plugin: params ? 'threshold' : 'rule_tree',
    params,
    rule_tree: s.ruleTree,
    output_mode: s.outputMode,
    position_mode: s.positionMode,
  };
}
