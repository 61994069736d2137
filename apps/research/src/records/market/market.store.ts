import {
  ActionStore,
  MarketStore,
  NewsStore,
  ObservationStore,
  QualityStore,
  type BarCache,
  type Query,
} from '@assay/market-data';
import { copyIn } from '@assay/persistence';
import type { EntityManager } from 'typeorm';

/** The statements of `libs/market-data`, through the transaction of `em` where it has one. */
export const queryOf =
  (em: EntityManager): Query =>
  (sql, params) =>
    em.query(sql, params);

/**
 * Series and bars as `libs/market-data` reads and writes them, through the transaction of `em` where it has one.
 * @param cache long series are read from it where it has what the row of the series says
 */
export const marketStoreOf = (em: EntityManager, cache?: BarCache): MarketStore =>
  new MarketStore(queryOf(em), (sql, rows) => copyIn(em, sql, rows), cache);
export const qualityStoreOf = (em: EntityManager): QualityStore => new QualityStore(queryOf(em));
export const actionStoreOf = (em: EntityManager): ActionStore => new ActionStore(queryOf(em), marketStoreOf(em));
export const observationStoreOf = (em: EntityManager): ObservationStore => new ObservationStore(queryOf(em));
export const newsStoreOf = (em: EntityManager): NewsStore => new NewsStore(queryOf(em));
