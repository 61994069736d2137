import { insertNew, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Decimal, invalid, newId, notFound, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { timePage, type Page, type TimePageQueryDto } from '../listing/time-page';
import { FxRateEntity } from '../records/reference-data/fx-rate.entity';
import { InstrumentEntity } from '../records/reference-data/instrument.entity';
import type { FxRateDto, InstrumentDto, TickerMappingDto } from './reference-data.request';
import { TickerMappingEntity } from '../records/reference-data/ticker-mapping.entity';

@Injectable()
export class ReferenceDataService {
  constructor(private readonly tx: Transactions) {}

  async addMapping(owner: Principal, body: TickerMappingDto): Promise<object> {
    return this.tx.run(async (em) => {
      const key = { dataTicker: body.data_ticker, broker: body.broker, market: body.market };
      const row = em.create(TickerMappingEntity, {
        ...key,
        tickerMappingId: newId(),
        brokerTicker: body.broker_ticker,
        createdBy: owner.userId,
        createdAt: new Date(),
      });
      if (!(await insertNew(em, TickerMappingEntity, row))) {
        throw refuse('already_exists', `${body.data_ticker} is mapped at ${body.broker} in ${body.market} already`);
      }
      return mappingAnswer(row);
    });
  }

  mappings(query: TimePageQueryDto): Promise<Page> {
    return this.tx.run(async (em) => {
      const all = em.createQueryBuilder(TickerMappingEntity, 'r');
      const { rows, next_cursor } = await timePage(all, { time: 'createdAt', id: 'tickerMappingId' }, query);
      return { items: rows.map(mappingAnswer), next_cursor };
    });
  }

  /** Mappings are shared; only who made one, or an administrator, takes it away. */
  async removeMapping(owner: Principal, id: string): Promise<void> {
    await this.tx.run(async (em) => {
      const row = await em.findOneBy(TickerMappingEntity, { tickerMappingId: id });
      if (!row || (row.createdBy !== owner.userId && owner.role !== 'admin')) throw notFound('ticker mapping', id);
      await em.delete(TickerMappingEntity, { tickerMappingId: id });
    });
  }

  async putFxRate(owner: Principal, body: FxRateDto): Promise<object> {
    requirePositive('usd_per_unit', body.usd_per_unit);
    return this.tx.run(async (em) => {
      const row = em.create(FxRateEntity, {
        currency: body.currency,
        asOf: body.as_of,
        usdPerUnit: new Decimal(body.usd_per_unit).toFixed(),
        createdBy: owner.userId,
        createdAt: new Date(),
      });
      await em.upsert(FxRateEntity, row, ['currency', 'asOf']);
      return { currency: row.currency, as_of: row.asOf, usd_per_unit: row.usdPerUnit };
    });
  }

  async putInstrument(owner: Principal, body: InstrumentDto): Promise<object> {
    requirePositive('lot', body.lot);
    requirePositive('tick', body.tick);
    return this.tx.run(async (em) => {
      const row = em.create(InstrumentEntity, {
        broker: body.broker,
        symbol: body.symbol,
        market: body.market,
        currency: body.currency,
        lot: new Decimal(body.lot).toFixed(),
        tick: new Decimal(body.tick).toFixed(),
        minQty: new Decimal(body.min_qty).toFixed(),
        minNotional: new Decimal(body.min_notional).toFixed(),
        shortable: body.shortable,
        updatedBy: owner.userId,
        updatedAt: new Date(),
      });
      await em.upsert(InstrumentEntity, row, ['broker', 'symbol']);
      return { ...body, lot: row.lot, tick: row.tick, min_qty: row.minQty, min_notional: row.minNotional };
    });
  }
}

function requirePositive(field: string, value: string | number): void {
  if (new Decimal(value).gt(0)) return;
  throw invalid([{ field, rule: 'positive', value, message: `${field} must be above 0, was ${value}` }]);
}

const mappingAnswer = (row: TickerMappingEntity): object => ({
  ticker_mapping_id: row.tickerMappingId,
  data_ticker: row.dataTicker,
  broker: row.broker,
  broker_ticker: row.brokerTicker,
  market: row.market,
  created_at: row.createdAt.toISOString(),
});
