import type { Calendar, Clock, Instrument, OrderType, Venue, VenueConnection } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { assertMayTake } from '@assay/persistence';
import { refuse } from '@assay/primitives';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import { AccountMarket } from '../bars/account-market';
import type { Tape } from '../bars/quotes';
import { SeriesStore } from '../bars/series-store';
import { ORDER_RULES, SidePool, VENUE } from '../database/side-pool';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { usualRules } from '../reference-data/market';
import { ReferenceDataStore } from '../records/reference-data/reference-data.store';
import { heldLock, symbolLockName } from '../database/symbol-lock';
import { guardVenue, VENUE_DEADLINE_MS } from './guarded-venue';
import { PaperClient } from './paper/client';
import { PAPER_ORDER_TYPES, PaperVenue } from './paper/venue';

export const LIVE_ADAPTERS = Symbol('LIVE_ADAPTERS');

/** Makes the connection of one live account; the pool opens and closes it. */
export type LiveAdapter = (account: AccountEntity) => VenueConnection;

/**
 * Which venue an account trades at. A paper account can never reach anything but the paper venue; a live one has one connection, opened at
 * its first use and closed with the service.
 */
@Injectable()
export class VenuePool implements OnApplicationShutdown {
  /** Asked for in the middle of the venue's transactions. */
  private readonly rules = new SidePool(ORDER_RULES, 2);
  private readonly live: ReadonlyMap<string, LiveAdapter>;
  private readonly connections = new Map<string, Promise<VenueConnection>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly series: SeriesStore,
    private readonly client: PaperClient,
    private readonly accounts: AccountStore,
    private readonly referenceData: ReferenceDataStore,
    @Optional() @Inject(LIVE_ADAPTERS) live?: ReadonlyMap<string, LiveAdapter>,
  ) {
    this.live = live ?? new Map();
  }

  hasLiveAdapter(broker: string): boolean {
    return this.live.has(broker);
  }

  /** What an account's venue takes; null for a live account of a broker without adapter. Nothing is connected for it. */
  orderTypesOf(account: AccountEntity): readonly OrderType[] | null {
    if (account.paper) return PAPER_ORDER_TYPES;
    return this.live.get(account.broker)?.(account).capabilities.orderTypes ?? null;
  }

  liveBrokers(): string[] {
    return [...this.live.keys()].sort();
  }

  async onApplicationShutdown(): Promise<void> {
    const open = [...this.connections.values()];
    this.connections.clear();
    // A connection that does not end in order must not keep the others open.
    await Promise.allSettled(open.map(async (connection) => (await connection).disconnect()));
    await this.rules.end();
  }

  /** The account's broker, guarded. @throws DomainError live_not_allowed for a live account of a broker without adapter */
  async open(
    deployment: DeploymentEntity,
    clock: Clock,
    { deadlineMs = VENUE_DEADLINE_MS, tape }: { deadlineMs?: number; tape?: Tape } = {},
  ): Promise<Venue> {
    const { accountId, broker } = deployment;
    return guardVenue(await this.adapterFor(deployment, clock, tape), {
      deadlineMs,
      mayAsk: () => assertMayTake(VENUE),
      mayChange: (symbol) => {
        const held = heldLock(symbolLockName({ broker, accountId, symbol }));
        if (!held)
          throw new Error(`orders of ${symbol} on account ${accountId} are changed under the symbol's lock only`);
        held.check();
      },
    });
  }

  private async adapterFor(deployment: DeploymentEntity, clock: Clock, tape?: Tape): Promise<Venue> {
    const { accountId } = deployment;
    const account = await this.accounts.get(this.dataSource.manager, accountId);
    if (!account.paper) {
      const adapter = this.live.get(account.broker);
      if (adapter) return this.connection(account, adapter);
      throw refuse('live_not_allowed', `there is no live adapter for broker ${account.broker}`, {
        broker: account.broker,
      });
    }
    const calendar = calendarFor(deployment.market);
    const instruments = new Map<string, Instrument>();
    return new PaperVenue({
      accountId,
      canShort: account.canShort,
      clock,
      client: this.client,
      quotes: new AccountMarket(this.series, accountId, deployment, tape),
      instrument: async (symbol) => {
        const known = instruments.get(symbol) ?? (await this.instrument(deployment, symbol, calendar));
        instruments.set(symbol, known);
        return known;
      },
    });
  }

  /** The account's connection; one that could not be opened is tried anew by who asks next. */
  private connection(account: AccountEntity, adapter: LiveAdapter): Promise<VenueConnection> {
    const { accountId } = account;
    const known = this.connections.get(accountId);
    if (known) return known;
    const connecting = connected(adapter(account));
    this.connections.set(accountId, connecting);
    connecting.catch(() => this.connections.delete(accountId));
    return connecting;
  }

  /** The venue's rules where they are stated, else those usual in the market. */
  private async instrument(deployment: DeploymentEntity, symbol: string, calendar: Calendar): Promise<Instrument> {
    const { broker, market } = deployment;
    const row = await this.referenceData.orderRules(this.rules, broker, symbol);
    const usual = usualRules(market, symbol);
    return {
      symbol,
      lot: row?.lot ?? usual.lot,
      tick: row?.tick ?? usual.tick,
      minQty: row?.minQty ?? usual.lot,
      minNotional: row?.minNotional ?? null,
      currency: row?.currency ?? usual.currency,
      zone: calendar.zone,
      calendar: market,
    };
  }
}

async function connected(venue: VenueConnection): Promise<VenueConnection> {
  await venue.connect();
  return venue;
}
