import type { BrokerAccount, BrokerCapabilities, BrokerHealth, Instrument } from '@assay/domain';

/** What a decision needs to know of a venue, asked before its transaction begins. */
export interface VenueFacts {
  capabilities: BrokerCapabilities;
  instrument: Instrument;
  health: BrokerHealth;
  /** Null where the venue did not tell. */
  account: BrokerAccount | null;
  /** Client ids of orders that the venue had for certain before it told its cash. */
  atVenue: ReadonlySet<string>;
}
