import { Transactions } from '@assay/persistence';
import { addAudit, auditedChanges, type Principal } from '@assay/platform';
import { Decimal, invalid, notFound, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { TimePageQueryDto } from '../listing/time-page';
import type { FxRateEntity } from '../records/reference-data/fx-rate.entity';
import type { InstrumentEntity } from '../records/reference-data/instrument.entity';
import type { TickerMappingEntity } from '../records/reference-data/ticker-mapping.entity';
import { ReferenceDataStore } from '../records/reference-data/reference-data.store';
import type { FxRateDto, InstrumentDto, TickerMappingDto } from './reference-data.request';
import type { MappingPageDto, StoredFxRateDto, StoredMappingDto } from './reference-data.response';

@Injectable()
export class ReferenceDataService {
  constructor(
    private readonly tx: Transactions,
    private readonly data: ReferenceDataStore,
  ) {}

  async addMapping(owner: Principal, body: TickerMappingDto): Promise<StoredMappingDto> {
    return this.tx.run(async (em) => {
      const row = {
        tickerMappingId: newId(),
        dataTicker: body.data_ticker,
        broker: body.broker,
        brokerTicker: body.broker_ticker,
        market: body.market,
        createdBy: owner.userId,
        createdAt: new Date(),
      };
      if (!(await this.data.addMapping(em, row))) {
        throw refuse('already_exists', `${body.data_ticker} is mapped at ${body.broker} in ${body.market} already`);
      }
      await addAudit(em, owner.userId, 'reference.mapping_added', row.tickerMappingId, mappingFacts(row));
      return mappingAnswer(row);
    });
  }

  mappings(query: TimePageQueryDto): Promise<MappingPageDto> {
    return this.tx.run(async (em) => {
      const { rows, next_cursor } = await this.data.mappingPage(em, query);
      return { items: rows.map(mappingAnswer), next_cursor };
    });
  }

  /** Mappings are shared; only who made one, or an administrator, takes it away. */
  async removeMapping(owner: Principal, id: string): Promise<void> {
    await this.tx.run(async (em) => {
      const row = await this.data.mapping(em, id);
      if (!row || (row.createdBy !== owner.userId && owner.role !== 'admin')) throw notFound('ticker mapping', id);
      await this.data.removeMapping(em, id);
      await addAudit(em, owner.userId, 'reference.mapping_removed', id, mappingFacts(row));
    });
  }

  async putFxRate(owner: Principal, body: FxRateDto): Promise<StoredFxRateDto> {
    requirePositive('usd_per_unit', body.usd_per_unit);
    return this.tx.run(async (em) => {
      const row = {
        currency: body.currency,
        asOf: body.as_of,
        usdPerUnit: new Decimal(body.usd_per_unit).toFixed(),
        createdBy: owner.userId,
        createdAt: new Date(),
      };
      const { currency, asOf } = row;
      const before = await this.data.lockFxRate(em, currency, asOf);
      const changes = auditedChanges(before && ratesOf(before), ratesOf(row));
      await this.data.keepFxRate(em, row);
      const facts = { currency, as_of: asOf, changes };
      if (Object.keys(changes).length > 0)
        await addAudit(em, owner.userId, 'reference.rate_stated', `${currency} ${asOf}`, facts);
      return { currency: row.currency, as_of: row.asOf, usd_per_unit: row.usdPerUnit };
    });
  }

  async putInstrument(owner: Principal, body: InstrumentDto): Promise<InstrumentDto> {
    requirePositive('lot', body.lot);
    requirePositive('tick', body.tick);
    return this.tx.run(async (em) => {
      const row = {
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
      };
      const { broker, symbol } = row;
      const before = await this.data.lockInstrument(em, broker, symbol);
      const changes = auditedChanges(before && rulesOf(before), rulesOf(row));
      await this.data.keepInstrument(em, row);
      const facts = { broker, symbol, changes };
      if (Object.keys(changes).length > 0)
        await addAudit(em, owner.userId, 'reference.rules_stated', `${broker} ${symbol}`, facts);
      return { ...body, lot: row.lot, tick: row.tick, min_qty: row.minQty, min_notional: row.minNotional };
    });
  }
}

function requirePositive(field: string, value: string | number): void {
  if (new Decimal(value).gt(0)) return;
  throw invalid([{ field, rule: 'positive', value, message: `${field} must be above 0, was ${value}` }]);
}

const ratesOf = ({ usdPerUnit }: Pick<FxRateEntity, 'usdPerUnit'>): Record<string, unknown> => ({
  usd_per_unit: usdPerUnit,
});

const rulesOf = ({
  market,
  currency,
  lot,
  tick,
  minQty,
  minNotional,
  shortable,
}: InstrumentEntity): Record<string, unknown> => ({
  ...{ market, currency, lot, tick, min_qty: minQty, min_notional: minNotional, shortable },
});

const mappingFacts = ({ dataTicker, broker, brokerTicker, market }: TickerMappingEntity): object => ({
  ...{ data_ticker: dataTicker, broker, broker_ticker: brokerTicker, market },
});

const mappingAnswer = (row: TickerMappingEntity): StoredMappingDto => ({
  ticker_mapping_id: row.tickerMappingId,
  data_ticker: row.dataTicker,
  broker: row.broker,
  broker_ticker: row.brokerTicker,
  market: row.market,
  created_at: row.createdAt.toISOString(),
});
