import { insertNew } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowPage, TimePageQueryDto } from '../../listing/time-page';
import { timePage } from '../../listing/time-page';
import type { Queries } from '../queries';
import { FxRateEntity } from './fx-rate.entity';
import { InstrumentEntity } from './instrument.entity';
import { TickerMappingEntity } from './ticker-mapping.entity';

/** Order rules of a symbol at a broker. */
export type OrderRules = Pick<InstrumentEntity, 'currency' | 'lot' | 'tick' | 'minQty' | 'minNotional'>;

/** Ticker mappings, rates of currencies and order rules: shared by every user. */
@Injectable()
export class ReferenceDataStore {
  /** False where the ticker is mapped already. */
  addMapping(em: EntityManager, row: TickerMappingEntity): Promise<boolean> {
    return insertNew(em, TickerMappingEntity, row);
  }

  mapping(em: EntityManager, tickerMappingId: string): Promise<TickerMappingEntity | null> {
    return em.findOneBy(TickerMappingEntity, { tickerMappingId });
  }

  mappingsAt(em: EntityManager, broker: string, market: string): Promise<TickerMappingEntity[]> {
    return em.findBy(TickerMappingEntity, { broker, market });
  }

  mappingPage(em: EntityManager, query: TimePageQueryDto): Promise<RowPage<TickerMappingEntity>> {
    const all = em.createQueryBuilder(TickerMappingEntity, 'r');
    return timePage(all, { time: 'createdAt', id: 'tickerMappingId' }, query);
  }

  async removeMapping(em: EntityManager, tickerMappingId: string): Promise<void> {
    await em.delete(TickerMappingEntity, { tickerMappingId });
  }

  /** The rate that is stated of a day, held to the end of the transaction. */
  lockFxRate(em: EntityManager, currency: string, asOf: string): Promise<FxRateEntity | null> {
    return em.findOne(FxRateEntity, { where: { currency, asOf }, lock: { mode: 'pessimistic_write' } });
  }

  async keepFxRate(em: EntityManager, row: FxRateEntity): Promise<void> {
    await em.upsert(FxRateEntity, row, ['currency', 'asOf']);
  }

  /** The newest rate of a currency that was known on the day of the instant. */
  async fxRateAt(em: EntityManager, currency: string, at: Date): Promise<{ rate: string; asOf: string } | null> {
    const [row] = await em.query<{ rate: string; asOf: string }[]>(
      `SELECT usd_per_unit AS rate, as_of::text AS "asOf" FROM refdata.fx_rate WHERE currency = $1 AND as_of <= $2::date
       ORDER BY as_of DESC LIMIT 1`,
      [currency, at.toISOString()],
    );
    return row ?? null;
  }

  /** What is stated of a symbol, held to the end of the transaction. */
  lockInstrument(em: EntityManager, broker: string, symbol: string): Promise<InstrumentEntity | null> {
    return em.findOne(InstrumentEntity, { where: { broker, symbol }, lock: { mode: 'pessimistic_write' } });
  }

  async keepInstrument(em: EntityManager, row: InstrumentEntity): Promise<void> {
    await em.upsert(InstrumentEntity, row, ['broker', 'symbol']);
  }

  async orderRules(db: Queries, broker: string, symbol: string): Promise<OrderRules | null> {
    const rows = (await db.query(
      `SELECT currency, lot, tick, min_qty AS "minQty", min_notional AS "minNotional"
       FROM refdata.instrument WHERE broker = $1 AND symbol = $2`,
      [broker, symbol],
    )) as OrderRules[];
    return rows[0] ?? null;
  }
}
