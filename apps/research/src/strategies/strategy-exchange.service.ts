import type { StrategyDocument, SubstrategiesDocument, Timeframe, UniverseDocument } from '@assay/contracts';
import { isUniverse, parseStrategyDocument, parseUniverseDocument } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { checkFeature, sentModelKinds } from '@assay/pipeline';
import { type FieldProblem, invalid, invalidField, isUuid, noting } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { MarketData } from '../data/market-data';
import { DefinitionImport } from './definition-import';
import { documentOf, orderRules } from '../recipes/recipe-document';
import { recipeOfUniverse, universeOf } from '../recipes/recipe-universe';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { DEFAULT_PIPELINE_CONFIG, type Recipe } from '../recipes/recipe';
import { RecipeComposer } from './recipe-composer';
import { newStrategy, StrategiesService } from './strategies.service';
import { strategyView } from './strategy-view';
import type { ExportQuery } from './strategy.request';
import type { StrategyDto } from './strategy.response';
import { assertNotArchived, StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';

/** A strategy as it is about to be written. */
interface Written {
  document: StrategyDocument | UniverseDocument;
  before: StrategyWithRevision | null;
  strategy: StrategyEntity;
  fields: Partial<StrategyEntity>;
  recipe: Recipe;
}

/** Strategy JSON in and out. */
@Injectable()
export class StrategyExchange {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly strategies: StrategiesService,
    private readonly market: MarketData,
    private readonly composer: RecipeComposer,
    private readonly definitions: DefinitionImport,
    private readonly store: StrategyStore,
  ) {}

  /**
   * A document with a known id of the same owner becomes its next revision, or none when its content and the source of its bars
   * are the same. Where neither the body nor the document states a source, a known strategy keeps its own.
   * @throws DomainError `validation_failed` naming each wrong field, `not_found` for an id of another user.
   */
  async import(ownerId: string, body: Record<string, unknown>): Promise<StrategyDto> {
    const { source: given, ...input } = body;
    if (isUniverse(input)) return this.importUniverse(ownerId, input, given);
    const problems: FieldProblem[] = [];
    const stated = noting(problems, () => readSource(given)) ?? anchoredSource(input);
    const source = given === undefined && stated === null ? await this.knownSource(ownerId, input.strategy_id) : stated;
    const ticker = typeof input.ticker === 'string' ? input.ticker : '';
    const timeframe = (typeof input.timeframe === 'string' ? input.timeframe : '1d') as Timeframe;
    const columns = await this.market.extraColumns(source, ticker, timeframe);
    const { document, warnings } = parseStrategyDocument(input, {
      ...{ generateId: newId, columns, checkFeature, problems },
      models: sentModelKinds,
    });
    return this.tx.run(async (em) => {
      const isKnown = await this.store.exists(em, document.strategy_id);
      const before = isKnown ? await this.replaceable(em, ownerId, document) : null;
      return strategyView(await this.write(em, ownerId, document, source, before), warnings);
    });
  }

  /** @throws DomainError as `import` does */
  private async importUniverse(ownerId: string, input: Record<string, unknown>, given: unknown): Promise<StrategyDto> {
    const source = given === undefined ? await this.knownSource(ownerId, input.strategy_id) : readSource(given);
    const { document, warnings } = parseUniverseDocument(input, { generateId: newId, checkFeature });
    return this.tx.run(async (em) => {
      const isKnown = await this.store.exists(em, document.strategy_id);
      const before = isKnown ? await this.replaceable(em, ownerId, document) : null;
      const recipe = recipeOfUniverse(document);
      const { universe, timeframe, config: pipelineConfig } = recipe;
      const fields = {
        ...{ name: document.name, kind: 'universe' as const },
        universe,
        source,
        timeframe,
        pipelineConfig,
      };
      const strategy = newStrategy(ownerId, { ...fields, id: document.strategy_id });
      return strategyView(await this.put(em, ownerId, { document, before, strategy, fields, recipe }), warnings);
    });
  }

  private async knownSource(ownerId: string, id: unknown): Promise<string | null> {
    return isUuid(id) ? this.store.statedSource(this.db.manager, ownerId, id) : null;
  }

  private async write(
    em: EntityManager,
    ownerId: string,
    document: StrategyDocument,
    source: string | null,
    before: StrategyWithRevision | null,
  ): Promise<StrategyWithRevision> {
    const fields = await this.fieldsOf(em, ownerId, document, source);
    const strategy = newStrategy(ownerId, { ...fields, id: document.strategy_id });
    const recipe =
      document.kind === 'pipeline'
        ? await this.composer.compose(em, strategy, null, { features: true, model: true, signal: true })
        : recipeOfSubstrategies(document, strategy.timeframe);
    return this.put(em, ownerId, { document, before, strategy, fields, recipe });
  }

  /** The first revision of a new strategy, or the next one of a known. */
  private async put(
    em: EntityManager,
    ownerId: string,
    { document, before, strategy, fields, recipe }: Written,
  ): Promise<StrategyWithRevision> {
    const created = before ? null : await this.store.insert(em, strategy, recipe);
    if (created) {
      await this.strategies.publish(em, 'strategy.created', created);
      return created;
    }
    // Where somebody was quicker with the same id, to this one it is known.
    const known = before ?? (await this.replaceable(em, ownerId, document));
    const saved = await this.store.save(em, known, undefined, fields, recipe);
    await this.strategies.publish(em, 'strategy.updated', saved);
    return saved;
  }

  /** The strategy that the document becomes a revision of, held until the transaction ends. @throws DomainError `not_found` for another user's */
  private async replaceable(
    em: EntityManager,
    ownerId: string,
    document: StrategyDocument | UniverseDocument,
  ): Promise<StrategyWithRevision> {
    const before = await this.store.lock(em, ownerId, document.strategy_id);
    const { strategy: existing } = before;
    assertNotArchived(existing);
    const kind = document.kind ?? 'substrategies';
    if (existing.kind === kind) return before;
    const message = `kind must be ${existing.kind}, as strategy ${existing.id} was created with, was ${kind}`;
    throw invalid([{ field: 'kind', rule: 'same_kind', value: kind, message }]);
  }

  private async fieldsOf(em: EntityManager, ownerId: string, document: StrategyDocument, source: string | null) {
    const shared = {
      name: document.name,
      universe: [document.ticker],
      source,
      timeframe: document.timeframe ?? ('1d' as const),
      kind: document.kind ?? ('substrategies' as const),
    };
    if (document.kind !== 'pipeline') {
      const config = recipeOfSubstrategies(document, shared.timeframe).config;
      return { ...shared, document, pipelineConfig: config };
    }
    const { sizing, costs, trading_period } = document;
    const references = await this.definitions.import(em, ownerId, document);
    return {
      ...shared,
      ...references,
      document: null,
      pipelineConfig: { ...DEFAULT_PIPELINE_CONFIG, sizing, costs, trading_period, ...orderRules(document) },
    };
  }

  /** @throws DomainError `not_ready` while parts are missing, `validation_failed` for a symbol outside the universe. */
  async export(ownerId: string, id: string, query: ExportQuery): Promise<StrategyDocument | UniverseDocument> {
    const { strategy, revision } = await this.store.at(this.db.manager, ownerId, id, query.revision);
    const whole = universeOf(revision, strategy.name);
    if (whole) return exportedUniverse(whole, query);
    const { universe } = revision.recipe;
    const symbol = query.symbol ?? (universe.length === 1 ? universe[0]! : undefined);
    if (symbol === undefined || !universe.includes(symbol)) {
      const message = `symbol must be one of ${universe.join(', ')}, was ${query.symbol ?? 'missing'}`;
      throw invalid([{ field: 'symbol', rule: 'in_universe', value: query.symbol ?? null, message }]);
    }
    return documentOf(
      revision.recipe,
      symbol,
      { strategyId: id, name: strategy.name, revision: revision.revision },
      { artifact: revision.artifact, historyAnchor: revision.historyAnchor },
    );
  }
}

/** @throws DomainError `validation_failed` for one symbol of it */
function exportedUniverse(document: UniverseDocument, { symbol }: ExportQuery): UniverseDocument {
  if (symbol === undefined) return document;
  const message = `symbol must not be given for a strategy over a universe, which is exported as a whole, was ${symbol}`;
  throw invalidField('symbol', 'not_applicable', symbol, message);
}

/** Of a document that is not read yet. */
function anchoredSource({ history_anchor: anchor }: Record<string, unknown>): string | null {
  const source = (anchor as { source?: unknown } | null | undefined)?.source;
  return typeof source === 'string' ? source : null;
}

function readSource(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && /^\S{1,64}$/.test(value)) return value;
  const message = `source must be a name of 1 to 64 characters, was ${JSON.stringify(value)}`;
  throw invalid([{ field: 'source', rule: 'string', value, message }]);
}

/** Its document is its own signal logic; it needs neither features nor a model of ours. */
function recipeOfSubstrategies(document: SubstrategiesDocument, timeframe: Timeframe): Recipe {
  return {
    kind: 'substrategies',
    universe: [document.ticker],
    timeframe,
    features: [],
    model: null,
    signal: null,
    document,
    config: {
      ...DEFAULT_PIPELINE_CONFIG,
      sizing: document.sizing ?? { kind: 'fixed' },
      trading_period: document.trading_period,
    },
  };
}
