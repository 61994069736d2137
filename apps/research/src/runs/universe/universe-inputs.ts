import type { UniverseDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { Series } from '@assay/market-data';
import { inTurn } from '@assay/persistence';
import { hashOf, invalidField, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MarketData, type LoadedBars } from '../../data/market-data';
import type { Recipe } from '../../recipes/recipe';
import { dataSymbol, isUniverseRecipe, universeOf } from '../../recipes/recipe-universe';
import { LockedBars } from '../locked-bars';
import type { DataPin, SeriesPin } from '../../records/market/data-pin';
import { barsSourceOf } from '../../records/strategies/bars-source';
import type { StrategyRevisionEntity } from '../../records/strategies/strategy-revision.entity';
import type { StrategyEntity } from '../../records/strategies/strategy.entity';
import { StrategyStore } from '../../records/strategies/strategy.store';

export interface UniverseOutline {
  strategy: StrategyEntity;
  revision: StrategyRevisionEntity;
  document: UniverseDocument;
  /** Series of the symbols that have any bars, in the order of symbols. */
  stored: Series[];
}

export interface UniverseInputs extends UniverseOutline {
  /** Bars of the stored series. */
  series: BarColumns[];
  pin: DataPin;
}

/** How many symbols are named in a message. */
const NAMED = 10;

/** Everything a run over a universe reads: the whole history of each of its symbols. */
@Injectable()
export class UniverseInputsLoader {
  constructor(
    private readonly market: MarketData,
    private readonly strategies: StrategyStore,
    private readonly locked: LockedBars,
  ) {}

  /** Whether the strategy is one over a universe. */
  async isUniverse(em: EntityManager, ownerId: string, id: string, number?: number): Promise<boolean> {
    return isUniverseRecipe((await this.strategies.at(em, ownerId, id, number)).revision.recipe);
  }

  /**
   * @throws DomainError `not_found` where none of the symbols has bars, `validation_failed` for bars of another market or
   * another source than the revision's own
   */
  load(
    em: EntityManager,
    ownerId: string,
    id: string,
    number?: number,
    asked?: string | null,
  ): Promise<UniverseInputs> {
    return this.read(em, ownerId, id, number, asked, (loaded) => this.locked.cutAll(em, ownerId, loaded));
  }

  /** The same with bars that are locked: for the one look at them. */
  loadAll(em: EntityManager, ownerId: string, id: string, number?: number): Promise<UniverseInputs> {
    return this.read(em, ownerId, id, number, undefined, (loaded) => Promise.resolve(loaded));
  }

  private async read(
    em: EntityManager,
    ownerId: string,
    id: string,
    number: number | undefined,
    asked: string | null | undefined,
    shown: (loaded: LoadedBars[]) => Promise<LoadedBars[]>,
  ): Promise<UniverseInputs> {
    const outline = await this.outline(em, ownerId, id, number, asked);
    const { revision, stored } = outline;
    const loaded = await shown(await inTurn(stored, (series) => this.market.load(series)));
    const pins = loaded.map(({ pin }): SeriesPin => {
      const { symbol, adjustment, first_bar, until, fingerprint, bars } = pin;
      return { symbol, adjustment, first_bar, until, fingerprint, bars };
    });
    return {
      ...outline,
      stored: loaded.map(({ series }) => series),
      series: loaded.map(({ bars }) => bars),
      pin: { ...pinOf(revision.recipe, loaded[0]!.series, pins), ...lockedFrom(loaded) },
    };
  }

  /** The same without the bars. @throws DomainError as `load` does */
  async outline(
    em: EntityManager,
    ownerId: string,
    id: string,
    number?: number,
    asked?: string | null,
  ): Promise<UniverseOutline> {
    const { strategy, revision } = await this.strategies.at(em, ownerId, id, number);
    const document = universeOf(revision, strategy.name)!;
    return { strategy, revision, document, stored: await this.seriesOf(document, barsSourceOf(revision, asked)) };
  }

  /** Open times of the longest of the series, which stand for those of all: a run looks at their bars together. */
  async longestTimes(em: EntityManager, { strategy, document, stored }: UniverseOutline): Promise<Float64Array> {
    const longest = stored.reduce((a, b) => (b.bars > a.bars ? b : a));
    const all = [await this.market.load(longest)];
    const [left] = await this.locked.cutAll(
      em,
      strategy.ownerId,
      all,
      document.universe.map(({ symbol }) => symbol),
    );
    return left!.bars.openTimeMs;
  }

  /** Stored series of the symbols, in the order of symbols; those without bars are left out, and the run says so. */
  private async seriesOf(document: UniverseDocument, source: string | null): Promise<Series[]> {
    const { timeframe, market } = document;
    const symbols = document.universe.map(({ symbol }) => symbol).sort();
    // all of one source, so that what is compared is alike
    const found = await this.market.findAllSeries(source, symbols, timeframe);
    const other = found.find((series) => series.market !== market);
    if (other) {
      const message = `market must be ${other.market}, as the stored bars of ${other.symbol} are of it, was ${market}`;
      throw invalidField('market', 'stored_market', market, message);
    }
    if (found.length > 0) return found;
    const named = `${symbols.slice(0, NAMED).join(', ')}${symbols.length > NAMED ? ` and ${symbols.length - NAMED} more` : ''}`;
    const message = `no bars of ${named} ${timeframe}${source === null ? '' : ` from ${source}`} are stored`;
    throw refuse('not_found', message, { source, symbols, timeframe });
  }
}

/** Where the holdout begins at which they were cut. */
function lockedFrom(loaded: readonly LoadedBars[]): Pick<DataPin, 'locked_from'> {
  const cut = loaded.find(({ pin }) => pin.locked_from !== undefined);
  return cut ? { locked_from: cut.pin.locked_from } : {};
}

const least = (times: string[]): string => times.reduce((a, b) => (a < b ? a : b));
const most = (times: string[]): string => times.reduce((a, b) => (a > b ? a : b));

/** Of the bars of all series, in the order of the symbols. */
export const fingerprintOfSeries = (series: readonly Pick<SeriesPin, 'symbol' | 'fingerprint'>[]): string =>
  hashOf(series.map(({ symbol, fingerprint }) => [symbol, fingerprint]));

/** What identifies all bars of a universe; its `symbol` stands for the list of symbols. */
function pinOf(recipe: Recipe, { source }: Series, series: SeriesPin[]): DataPin {
  return {
    ...{ source, series },
    timeframe: recipe.timeframe,
    symbol: dataSymbol(recipe),
    adjustment: series.every(({ adjustment }) => adjustment === 'none') ? 'none' : 'adj_close',
    first_bar: least(series.map(({ first_bar }) => first_bar)),
    until: most(series.map(({ until }) => until)),
    fingerprint: fingerprintOfSeries(series),
    bars: Math.max(...series.map(({ bars }) => bars)),
    scored: null,
  };
}
